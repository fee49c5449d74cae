import type { PsiUser } from '../cloudlink/cloudlink-types';
import { normaliseEmail } from '../platform/text/normalise-email';

/** Who of a page may use an email, and who may not because somebody else claims it too. */
export interface Claim {
  email: string;
  winner: PsiUser | undefined;
  refused: readonly PsiUser[];
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
  const byEmail = new Map<string, PsiUser[]>();
  for (const user of users) {
    const email = normaliseEmail(user.email);
    const claimants = byEmail.get(email);
    if (claimants === undefined) byEmail.set(email, [user]);
    else addClaimant(claimants, user);
  }
  return [...byEmail].map(([email, claimants]) => {
    const winner = pickWinner(claimants, seen.get(email), () => linkedTo(email));
    const refused =
      winner !== undefined && claimants.length === 1 ? NOBODY : claimants.filter((user) => user !== winner);
    return { email, winner, refused };
  });
}

const NOBODY: readonly PsiUser[] = [];

function addClaimant(claimants: PsiUser[], user: PsiUser): void {
  const known = claimants.findIndex(({ userId }) => userId === user.userId);
  if (known === -1) claimants.push(user);
  else claimants[known] = user;
}

function pickWinner(
  claimants: readonly PsiUser[],
  holder: string | undefined,
  linked: () => string | null | undefined,
): PsiUser | undefined {
  if (holder === undefined && claimants.length === 1) return claimants[0];
  const wanted = holder ?? linked();
  return claimants.find(({ userId }) => userId === wanted);
}
