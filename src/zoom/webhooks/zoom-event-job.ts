import { createHash } from 'node:crypto';
import type { DeliveryJob } from '../../platform/webhooks/delivery-inbox';
import { readEventTime } from './read-event-time';
import { isZoomEventName, type ZoomEvent } from './zoom-event';

/** The task that follows what Zoom has told. */
export const ZOOM_EVENT_TASK = 'zoom-event';
/** With the growing pauses about three hours; then the next sync has read everybody anyway. */
const MAX_ATTEMPTS = 10;

/** What the job knows; the rest stands with the deliveries. */
export type ZoomHint = Omit<ZoomEvent, 'clientId'>;

/**
 * Hints about one person are never followed at once, so that none overwrites a later one's picture. Those that wait are
 * merged; but the removal of the app asks for something else than news of the person, and stays apart.
 */
export function zoomEventJob({ event, accountId, subjectId, occurredAt }: ZoomEvent): DeliveryJob {
  const kind = event === 'app_deauthorized' ? 'app' : 'user';
  return {
    task: ZOOM_EVENT_TASK,
    payload: { event, accountId, subjectId, occurredAt },
    options: {
      queueName: `zoom-user/${accountId}/${subjectId}`,
      jobKey: `zoom-event/${kind}/${accountId}/${subjectId}`,
      maxAttempts: MAX_ATTEMPTS,
    },
  };
}

/** What `zoomEventJob` has written; undefined for anything else. */
export function readZoomHint(payload: Record<string, unknown>): ZoomHint | undefined {
  const { event, accountId, subjectId, occurredAt } = payload;
  if (typeof event !== 'string' || !isZoomEventName(event)) return undefined;
  if (typeof accountId !== 'string' || typeof subjectId !== 'string') return undefined;
  return { event, accountId, subjectId, occurredAt: readEventTime(occurredAt) };
}

const REQUEST_ID = /^[\w.:-]{8,200}$/;

/** Zoom's id of the delivery, which its retries keep; without one that can be used, the bytes themselves. */
export const dedupeKeyOf = (requestId: string | undefined, body: Buffer): string =>
  requestId !== undefined && REQUEST_ID.test(requestId)
    ? requestId
    : `sha256:${createHash('sha256').update(body).digest('hex')}`;
