import type { JobOptions } from '../platform/queue/queue';

/** Looks at one grant: `{connectorId, grantId, renew?, deadReason?}`. */
export const CHECK_GRANT = 'check-grant';
/** Enqueues a look at every grant whose look is due. */
export const CHECK_DUE_GRANTS = 'check-due-grants';

/** About six hours with the queue's growing pauses: longer than the outages of both providers that anybody remembers. */
const CHECK_ATTEMPTS = 12;

export const checkGrantJob = (grantId: string): JobOptions => ({
  queueName: `grant/${grantId}`,
  jobKey: `check-grant/${grantId}`,
  maxAttempts: CHECK_ATTEMPTS,
});
