import { normaliseEmail } from '../platform/text/normalise-email';
import type { PageFacts, Plan } from './plan-types';

/**
 * Whether storing `earlier`, or that it was not stored as foreseen, may have changed what `facts` were read from: they were read
 * while the page before was being stored.
 * Says yes rather once too often; pages of an ordinary list have nothing in common.
 */
export function mayOverlap(earlier: Plan | undefined, facts: PageFacts): boolean {
  if (earlier === undefined) return false;
  if (earlier.movedZoomIds.length > 0) return true;
  const { stored, zoomUsers } = facts;
  const emails = new Set([...zoomUsers.keys(), ...stored.byEmail.keys()]);
  const cloudlinkIds = new Set<string>();
  for (const { email, userId } of [...facts.users, ...facts.problems]) {
    if (email !== undefined) emails.add(normaliseEmail(email));
    if (userId !== undefined) cloudlinkIds.add(userId);
  }
  for (const [email, holder] of earlier.seen) if (emails.has(email) || cloudlinkIds.has(holder)) return true;
  // Of a usual run nearly every page ends here: nobody's row was written.
  const written = [...earlier.insert, ...earlier.update];
  if (written.length === 0) return false;
  const zoomIds = new Set([...zoomUsers.values()].map((zoom) => zoom.id));
  const rows = new Set(
    [...stored.byEmail.values(), ...stored.byZoomId.values(), ...stored.byCloudLinkId.values()].map(
      (user) => user.userId,
    ),
  );
  return written.some(
    (user) =>
      emails.has(user.email) ||
      rows.has(user.userId) ||
      cloudlinkIds.has(user.cloudlinkUserId) ||
      (user.zoomUserId !== null && zoomIds.has(user.zoomUserId)),
  );
}
