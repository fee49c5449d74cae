import type { PsiUser } from '../cloudlink/cloudlink-types';
import { normaliseEmail } from '../platform/text/normalise-email';

/** Who of a page may use an email, and who may not because somebody else claims it too. */
export interface Claim {
  email: string;
  winner: PsiUser | undefined;
  refused: PsiUser[];
}

/**
 * Settles which CloudLink user an email belongs to. The same user twice (lists shift while they are read) is no conflict:
 * the later one counts. Of several users with one email the one keeps it who had it: on an earlier page of this run,
 * else in what is stored. If nobody had it, nobody gets it: guessing would give one person the other's telephone.
 */
export function pickClaimants(
  users: PsiUser[],
  seen: ReadonlyMap<string, string>,
  linkedTo: (email: string) => string | null | undefined,
): Claim[] {
  const byEmail = new Map<string, Map<string, PsiUser>>();
  for (const user of users) {
    const email = normaliseEmail(user.email);
    const claimants = byEmail.get(email) ?? new Map<string, PsiUser>();
    byEmail.set(email, claimants.set(user.userId, user));
  }
  return [...byEmail].map(([email, claimants]) => {
    const holder = seen.get(email);
    const winner =
      holder !== undefined ? claimants.get(holder) : (theOne(claimants) ?? claimants.get(linkedTo(email) ?? ''));
    return { email, winner, refused: [...claimants.values()].filter((user) => user !== winner) };
  });
}

function theOne(claimants: Map<string, PsiUser>): PsiUser | undefined {
  const [first] = claimants.values();
  return claimants.size === 1 ? first : undefined;
}
