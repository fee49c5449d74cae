import { statusAfterSync } from '../../users/status-after-sync';
import type { ZoomUser } from '../../zoom/zoom-types';
import type { LockedUser } from '../plan-types';

/** What SyncedUserRepository.updateZoomFacts writes. */
export type ZoomFacts = Pick<
  LockedUser,
  'userId' | 'zoomUserId' | 'zoomStatus' | 'displayName' | 'status' | 'statusSince' | 'statusExpiresAt'
>;

/**
 * What Zoom says now about a user who is stored. As in a sync, CloudLink's name comes first; Zoom's is shown of those
 * for whom CloudLink has none.
 * @returns undefined when nothing has changed: most news of a user is about what we do not keep
 */
export function followFacts(stored: LockedUser, zoom: ZoomUser, now: Date): ZoomFacts | undefined {
  const zoomUserId = zoom.id ?? null;
  const displayName = stored.hasZoomName || stored.displayName === '' ? zoom.displayName : stored.displayName;
  const isSame =
    stored.zoomUserId === zoomUserId && stored.zoomStatus === zoom.status && stored.displayName === displayName;
  if (isSame) return undefined;
  const status = statusAfterSync({
    current: stored,
    credential: stored.credentialState,
    zoomStatus: zoom.status,
    removed: false,
    registrations: stored.registrations,
    now,
  });
  return { userId: stored.userId, zoomUserId, zoomStatus: zoom.status, displayName, ...status };
}
