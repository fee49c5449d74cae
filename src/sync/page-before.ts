import type { PageQuestions } from './page-questions';
import type { Plan, PlannedUser, StoredUser } from './plan-types';

/**
 * Whether the page after can be compared with what `plan` will leave, before it is stored: people who claim one email lie on
 * neighbouring pages, and a page that has to be compared again keeps the database waiting. Not where rows change, which are planned
 * once more when they are locked, nor where new users are looked for by their ids, too.
 */
export const canBeForeseen = ({ insert, update, movedZoomIds }: Plan, { stored }: PageQuestions): boolean =>
  movedZoomIds.length === 0 && update.length === 0 && (insert.length === 0 || stored !== undefined);

/** Those of `emails` who will be new by `plan`, or are by now. What else it leaves stands in Plan.seen. */
export function foreseenUsers({ insert }: Plan, emails: readonly string[]): StoredUser[] {
  const wanted = new Set(emails);
  return insert.filter(({ email }) => wanted.has(email)).map((user) => asStored(user));
}

const asStored = (user: PlannedUser): StoredUser => ({
  userId: user.userId,
  email: user.email,
  zoomUserId: user.zoomUserId,
  zoomStatus: user.zoomStatus,
  cloudlinkUserId: user.cloudlinkUserId,
  membership: 'automatic',
  status: user.status,
  displayName: user.displayName,
  fingerprint: user.fingerprint,
});
