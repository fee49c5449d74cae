import { DIGEST_ALGORITHMS, type DigestAlgorithm } from './digest-algorithm';
import type { Challenge } from './parse-challenges';

/** HA1 = H(user:realm:password) per algorithm. Worth as much as the password: never logged. */
export type Hashes = Partial<Record<DigestAlgorithm, string>>;

export type Choice =
  | { kind: 'chosen'; challenge: Challenge; algorithm: DigestAlgorithm; ha1: string }
  /** The registrar asks in other realms: our hash, which is good in its own only, would be a wrong one. */
  | { kind: 'realm_mismatch'; realms: string[] }
  /** It asks in our realm, but for algorithms of which we hold no hash. */
  | { kind: 'algorithm_not_offered'; offered: string[] }
  | { kind: 'no_challenge' };

/**
 * RFC 8760 section 2.4: the registrar lists its challenges in the order of its preference, and the client answers the first
 * one that it can. The realm is compared before anything is computed, so a refusal of the hash is never our own fault.
 */
export function chooseChallenge(challenges: readonly Challenge[], realm: string, hashes: Hashes): Choice {
  if (challenges.length === 0) return { kind: 'no_challenge' };
  const ours = challenges.filter((challenge) => challenge.realm === realm);
  if (ours.length === 0) return { kind: 'realm_mismatch', realms: unique(challenges.map((one) => one.realm)) };
  for (const challenge of ours) {
    const algorithm = DIGEST_ALGORITHMS.find((name) => name === challenge.algorithm.toUpperCase());
    const ha1 = algorithm === undefined ? undefined : hashes[algorithm];
    const isAnswerable = challenge.qop.length === 0 || challenge.qop.includes('auth');
    if (algorithm !== undefined && ha1 !== undefined && isAnswerable)
      return { kind: 'chosen', challenge, algorithm, ha1 };
  }
  return { kind: 'algorithm_not_offered', offered: unique(ours.map((one) => one.algorithm)) };
}

const unique = (words: string[]): string[] => [...new Set(words)];
