import type { JobOptions } from '../platform/queue/queue';

/** Makes sure that CloudLink tells us of changes: `{connectorId}`. */
export const WATCH_CLOUDLINK = 'watch-cloudlink';

export const watchCloudlinkJob = (connectorId: string): JobOptions => ({
  queueName: `watch-cloudlink/${connectorId}`,
  jobKey: `watch-cloudlink/${connectorId}`,
  // Notifications only make us quicker: the schedule finds everything without them, and the daily look tries again.
  maxAttempts: 4,
});

/** Ends what a disconnected connector still holds: `{connectorId}`. */
export const FINISH_DISCONNECT = 'finish-disconnect';
/** Disconnects connectors whose grace period is over. */
export const END_GRACE_PERIODS = 'end-grace-periods';

export const finishDisconnectJob = (connectorId: string): JobOptions => ({
  queueName: `disconnect/${connectorId}`,
  jobKey: `finish-disconnect/${connectorId}`,
  // With pauses of e^n seconds about an hour and a half; then the credentials are destroyed without Zoom's word.
  maxAttempts: 9,
});

/** Enqueues the sync of a connector when it is due: `{connectorId}`. To be added where `next_sync_at` becomes soon. */
export const ENQUEUE_DUE_SYNC = 'enqueue-due-sync';

export const enqueueDueSyncJob = (connectorId: string): JobOptions => ({
  jobKey: `enqueue-due-sync/${connectorId}`,
  // It only makes us quicker: every minute all are looked at.
  maxAttempts: 2,
});
