import { createHash } from 'node:crypto';

/** RFC 7636 section 4.6. Without a challenge there is nothing to prove; the method is `plain` when absent. */
export function provesChallenge(challenge: string | undefined, method: string, verifier: string | undefined): boolean {
  if (challenge === undefined) return true;
  if (verifier === undefined) return false;
  const answer = method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier;
  return answer === challenge;
}
