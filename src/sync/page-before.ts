import type { PageQuestions } from './page-facts.reader';
import type { Plan, PlannedUser, StoredUser } from './plan-types';

/**
 * Whether the page after can be compared with what `plan` will leave, before it is stored: people who claim one email lie on
 * neighbouring pages, and a page that has to be compared again keeps the database waiting. Not where rows move between people, nor
 * where users are written of whom it is not known that they were new: those are looked for by their ids, too.
 */
export const canBeForeseen = ({ insert, update, movedZoomIds }: Plan, { stored }: PageQuestions): boolean =>
  movedZoomIds.length === 0 &&
  (insert.length + update.length === 0 ||
    (stored !== undefined && update.every(({ email, replaces }) => email === replaces?.email)));

/** Those of `emails` whom `plan` writes, as it will leave them, or has left them by now: what else it leaves stands in Plan.seen. */
export function foreseenUsers({ insert, update }: Plan, emails: readonly string[]): StoredUser[] {
  const wanted = new Set(emails);
  return [...insert, ...update].filter(({ email }) => wanted.has(email)).map((user) => asStored(user));
}

/** Its registrations are read with the lock, should it be changed. */
const asStored = (user: PlannedUser): StoredUser => ({
  userId: user.userId,
  email: user.email,
  displayName: user.displayName,
  zoomUserId: user.zoomUserId,
  zoomStatus: user.zoomStatus,
  cloudlinkUserId: user.cloudlinkUserId,
  membership: user.replaces?.membership ?? 'automatic',
  credentialState: user.credentialState,
  status: user.status,
  statusSince: user.statusSince,
  statusExpiresAt: user.statusExpiresAt,
  fingerprint: user.fingerprint,
  registrations: [],
});
