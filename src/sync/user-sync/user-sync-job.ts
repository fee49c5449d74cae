import type { JobOptions } from '../../platform/queue/queue';

/** Reads one user anew at both sides: `{connectorId, userId, requestedAt, isZoomRead}`. */
export const SYNC_USER = 'sync-user';

/** Somebody waits for it; who is not served by then asks again, or the next sync reads everybody. */
export const USER_SYNC_PATIENCE_MS = 10 * 60_000;

export interface UserSync {
  connectorId: string;
  userId: string;
  /** By the clock of the database. */
  requestedAt: Date;
  /** What Zoom says is in the row already. */
  isZoomRead: boolean;
}

/** Each wish has its own: one that is being worked on must not put its next step in the place of a later wish. */
export const userSyncJob = ({ connectorId, userId, requestedAt }: UserSync): JobOptions => ({
  jobKey: `${SYNC_USER}/${connectorId}/${userId}/${requestedAt.getTime()}`,
  maxAttempts: 4,
});

/** What `Queue.add` was given; undefined for anything else. */
export function readUserSync(payload: Record<string, unknown>): UserSync | undefined {
  const { connectorId, userId, requestedAt, isZoomRead } = payload;
  if (typeof connectorId !== 'string' || typeof userId !== 'string') return undefined;
  const at = new Date(typeof requestedAt === 'string' ? requestedAt : '');
  if (Number.isNaN(at.getTime())) return undefined;
  return { connectorId, userId, requestedAt: at, isZoomRead: isZoomRead === true };
}
