import type { JobOptions } from '../platform/queue/queue';

/** Looks at one grant: `{connectorId, grantId, renew?, deadReason?}`. */
export const CHECK_GRANT = 'check-grant';
/** Enqueues a look at every grant whose look is due. */
export const CHECK_DUE_GRANTS = 'check-due-grants';

/** With the queue's growing pauses some sixteen hours: less than the day after which the next look takes its place. */
const CHECK_ATTEMPTS = 12;

export const checkGrantJob = (grantId: string): JobOptions => ({
  queueName: `grant/${grantId}`,
  jobKey: `check-grant/${grantId}`,
  maxAttempts: CHECK_ATTEMPTS,
});

/** A look that renews has a key of its own: the daily one, which asks for less, must not take its place while it waits. */
export const renewGrantJob = (grantId: string): JobOptions => ({
  ...checkGrantJob(grantId),
  jobKey: `renew-grant/${grantId}`,
});
