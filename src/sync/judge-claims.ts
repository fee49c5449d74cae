import type { PsiUser } from '../cloudlink/cloudlink-types';
import { normaliseEmail } from '../platform/text/normalise-email';
import type { StoredUser } from './plan-types';

/** What runs since the last full one have reported about an email. */
export interface ReportedClaim {
  code: string;
  email: string;
  cloudlinkUserId: string | null;
}

/** `''` stands for nobody, as in Plan.seen. */
export type ClaimVerdict = { kind: 'settled'; holders: Map<string, string> } | { kind: 'contested'; email: string };

/**
 * A page of changes shows one claimant of an email where the whole list would show two. So whoever comes with an email
 * that is not theirs already is compared with what is stored and with what the last runs reported. One whom those runs
 * have refused is refused again: `holders` says who has the email instead. Anything else that is not plain needs the
 * whole list: guessing would give one person the other's telephone.
 */
export function judgeClaims(
  users: readonly PsiUser[],
  stored: ReadonlyMap<string, StoredUser>,
  reported: readonly ReportedClaim[],
): ClaimVerdict {
  const byEmail = new Map<string, ReportedClaim[]>();
  for (const claim of reported) byEmail.set(claim.email, [...(byEmail.get(claim.email) ?? []), claim]);
  const holders = new Map<string, string>();
  for (const user of users) {
    const email = normaliseEmail(user.email);
    const holder = stored.get(email)?.cloudlinkUserId ?? null;
    if (holder === user.userId) continue;
    const claims = byEmail.get(email) ?? [];
    const wasRefused = claims.some(
      (claim) => claim.code === 'duplicate_email' && claim.cloudlinkUserId === user.userId,
    );
    if (wasRefused) holders.set(email, holder ?? '');
    else if (holder !== null || claims.some((claim) => claim.cloudlinkUserId !== user.userId))
      return { kind: 'contested', email };
  }
  return { kind: 'settled', holders };
}
