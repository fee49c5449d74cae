import type { PsiUser } from '../cloudlink/cloudlink-types';
import type { ListedZoomUser } from './plan-types';

/** CloudLink's name of a user, or Zoom's where CloudLink has none. */
export const shownName = (user: PsiUser, zoom: ListedZoomUser): string =>
  user.displayName === '' ? zoom.displayName : user.displayName;

/**
 * Everything that a sync stores of a user, in one canonical text. Its keyed hash tells changed from unchanged without
 * decrypting anything. It contains the HA1: hand it to the fingerprint and to nothing else. The number in front changes
 * when the form does, or what else a row says of such users; then the next sync writes their rows once.
 */
export function describeUser(user: PsiUser, zoom: ListedZoomUser, email: string): string {
  const credential = user.credential;
  return JSON.stringify([
    user.displayName === '' ? 2 : 1,
    email,
    [zoom.id, zoom.status],
    [user.userId, shownName(user, zoom), user.extension ?? null, user.status],
    [user.licences.zoomPsi, user.licences.teleworker],
    user.pbx === undefined ? null : [user.pbx.type, user.pbx.site],
    credential === undefined
      ? null
      : [
          credential.userName,
          credential.authUserName,
          credential.realm,
          // In a fixed order; the order of targets has a meaning and stays.
          credential.ha1.map((hash) => `${hash.algorithm} ${hash.ha1}`).sort(),
          credential.targets.map((target) => [target.role, target.host, target.port, target.transport]),
        ],
  ]);
}
