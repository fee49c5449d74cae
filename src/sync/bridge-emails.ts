import type { PsiUser } from '../cloudlink/cloudlink-types';
import { normaliseEmail } from '../platform/text/normalise-email';
import type { PageFacts } from './plan-types';

/**
 * Both sides are matched by email, and no admin changes it at both in the same moment. Where CloudLink's has no Zoom user,
 * what is stored may still know the pair: the user of CloudLink then counts under the email that Zoom has for its half, so
 * that nobody is lost between two names, whichever side is the first to learn the new one. An email that somebody at
 * CloudLink has by right is never lent to another.
 * @returns the users of the page with the emails by which they are to be matched
 */
export function bridgeEmails(page: PageFacts): PsiUser[] {
  if (page.stored.byCloudLinkId.size === 0) return page.users;
  const claimed = new Set(
    [...page.users, ...page.problems].flatMap(({ email }) => (email === undefined ? [] : [normaliseEmail(email)])),
  );
  return page.users.map((user) => {
    if (page.zoomUsers.has(normaliseEmail(user.email))) return user;
    const email = emailAtZoom(page, user);
    return email === undefined || claimed.has(email) ? user : { ...user, email };
  });
}

/** undefined: the pair is not known, or the email is somebody else's. */
function emailAtZoom(page: PageFacts, { userId }: PsiUser): string | undefined {
  const known = page.stored.byCloudLinkId.get(userId);
  if (known === undefined || known.status === 'removed' || known.zoomUserId === null) return undefined;
  const email = page.zoomEmails.get(known.zoomUserId);
  if (email === undefined || (page.seen.get(email) ?? userId) !== userId) return undefined;
  const holder = page.stored.byEmail.get(email);
  const isFree =
    holder === undefined ||
    holder.userId === known.userId ||
    holder.status === 'removed' ||
    holder.cloudlinkUserId === null;
  return isFree ? email : undefined;
}
