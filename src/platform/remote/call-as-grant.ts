import type { AsGrant } from './as-grant';
import type { RemoteAnswer } from './remote-http';

/**
 * Calls with the grant's token; when the provider refuses it, once more with a fresh one.
 * The answer may still be a refusal: then the caller turns it into an error.
 */
export async function callAsGrant(
  grant: AsGrant,
  isTokenRefused: (answer: RemoteAnswer) => boolean,
  call: (accessToken: string) => Promise<RemoteAnswer>,
): Promise<RemoteAnswer> {
  const token = await grant.accessToken();
  const answer = await call(token);
  if (!isTokenRefused(answer)) return answer;
  return call(await grant.accessToken({ rejected: token }));
}
