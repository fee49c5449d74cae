import type { ListedZoomUser, StoredUser } from './plan-types';

/**
 * What Zoom says of users that their rows do not say, by email; null: it does not list the email at all. Of everybody else
 * the row says what Zoom says, and nobody else who is not stored is at Zoom.
 */
export type ZoomNews = ReadonlyMap<string, ListedZoomUser | null>;

/** The Zoom user who has this email; `stored`: whose row has it. */
export function zoomUserOf(
  email: string,
  news: ZoomNews,
  stored: Pick<StoredUser, 'status' | 'zoomStatus' | 'zoomUserId' | 'displayName'> | undefined,
): ListedZoomUser | undefined {
  const told = news.get(email);
  if (told !== undefined) return told ?? undefined;
  // Who was removed may be back at Zoom or not: if they are, that is news.
  if (stored === undefined || stored.status === 'removed' || stored.zoomStatus === null) return undefined;
  return { id: stored.zoomUserId, status: stored.zoomStatus, displayName: stored.displayName };
}
