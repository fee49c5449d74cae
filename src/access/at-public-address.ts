import type { IncomingMessage } from 'node:http';

const SESSION_COOKIE = /^_session(\.|=)/;

/**
 * Makes a request look as if it had come to PUBLIC_URL itself. oidc-provider builds addresses and the paths of its cookies
 * from what it sees, which is a proxy's inner name and path, or what anybody writes into a header.
 * Its cookie of a session is dropped: nobody stays signed in here, and one left over from another account would get in
 * the way.
 */
export function atPublicAddress(request: IncomingMessage, publicUrl: string): IncomingMessage {
  const url = new URL(publicUrl);
  const { headers } = request;
  delete headers['x-forwarded-host'];
  headers.host = url.host;
  headers['x-forwarded-proto'] = url.protocol.replace(':', '');
  if (headers.cookie !== undefined) {
    headers.cookie = headers.cookie
      .split(/; */)
      .filter((pair) => !SESSION_COOKIE.test(pair))
      .join('; ');
  }
  const prefix = url.pathname.replace(/\/+$/, '');
  return Object.assign(request, { originalUrl: `${prefix}${request.url ?? '/'}` });
}
