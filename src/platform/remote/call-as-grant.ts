import type { AsGrant } from './as-grant';
import type { RemoteAnswer } from './remote-http';

/** How a provider's refusals are told apart from its other answers. */
export interface Refusals {
  /** The token is not valid (any more). */
  isTokenRefused(answer: RemoteAnswer): boolean;
  /** The token is valid, but its owner lacks the right: only where the provider says so beyond doubt. */
  isPrivilegeRefused?(answer: RemoteAnswer): boolean;
}

/** A refused token is renewed, and each of a connector's grants may have one that is refused. */
const MOST_CALLS = 8;

/**
 * Calls with the grant's token; when the provider refuses it, again with a fresh one, be it of another admin's grant
 * that has taken over. The answer may still be a refusal: then the caller turns it into an error.
 */
export async function callAsGrant(
  grant: AsGrant,
  refusals: Refusals,
  call: (accessToken: string) => Promise<RemoteAnswer>,
): Promise<RemoteAnswer> {
  let token = await grant.accessToken();
  for (let calls = 1; ; calls += 1) {
    const answer = await call(token);
    if (calls >= MOST_CALLS) return answer;
    if (refusals.isTokenRefused(answer)) {
      const next = await grant.accessToken({ rejected: token });
      if (next === token) return answer;
      token = next;
    } else if (refusals.isPrivilegeRefused?.(answer) === true && (await grant.lacksPrivilege?.(token)) === true) {
      token = await grant.accessToken();
    } else return answer;
  }
}
