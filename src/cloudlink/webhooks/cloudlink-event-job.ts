import type { DeliveryJob } from '../../platform/webhooks/delivery-inbox';
import { CLOUDLINK_EVENTS, type CloudLinkEvent, type CloudLinkEventName } from './cloudlink-event';

/** The task that follows what CloudLink has told. */
export const CLOUDLINK_EVENT_TASK = 'cloudlink-event';
const MAX_ATTEMPTS = 10;

export interface CloudLinkHint {
  connectorId: string;
  accountId: string;
  event: CloudLinkEventName;
  /** '' when it is about nobody in particular. */
  userId: string;
  occurredAt: Date | undefined;
}

/** One after the other per user, those that wait as one: as with Zoom's. */
export function cloudlinkEventJob(
  connectorId: string,
  { event, accountId, userId = '', occurredAt }: CloudLinkEvent,
): DeliveryJob {
  return {
    task: CLOUDLINK_EVENT_TASK,
    payload: { connectorId, accountId, event, userId, occurredAt },
    options: {
      queueName: `cloudlink-user/${connectorId}/${userId}`,
      jobKey: `cloudlink-event/${connectorId}/${userId}`,
      maxAttempts: MAX_ATTEMPTS,
    },
  };
}

/** What `cloudlinkEventJob` has written; undefined for anything else. */
export function readCloudLinkHint(payload: Record<string, unknown>): CloudLinkHint | undefined {
  const { connectorId, accountId, userId, occurredAt } = payload;
  const event = CLOUDLINK_EVENTS.find((name) => name === payload['event']);
  if (event === undefined || typeof connectorId !== 'string') return undefined;
  if (typeof accountId !== 'string' || typeof userId !== 'string') return undefined;
  return {
    connectorId,
    accountId,
    event,
    userId,
    occurredAt: typeof occurredAt === 'string' ? new Date(occurredAt) : undefined,
  };
}
