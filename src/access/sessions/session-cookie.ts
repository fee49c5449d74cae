import type { FastifyReply, FastifyRequest } from 'fastify';
import { ABSOLUTE_SECONDS } from './judge-session';

/** The name is public: the OpenAPI description tells it. */
export const SESSION_COOKIE = 'connector_session';
const VALUE = /^[A-Za-z0-9_-]{43}$/;

/** The session's secret, if the browser sent one: 256 random bits that no script can read. */
export function readSessionCookie(request: FastifyRequest): string | undefined {
  const value = request.cookies[SESSION_COOKIE];
  return value !== undefined && VALUE.test(value) ? value : undefined;
}

/** SameSite=Strict: no other site’s link or form ever brings it along. Only for the API, which the console asks from our own page. */
export function setSessionCookie(reply: FastifyReply, secret: string, publicUrl: string): void {
  void reply.setCookie(SESSION_COOKIE, secret, { ...attributes(publicUrl), maxAge: ABSOLUTE_SECONDS });
}

export function clearSessionCookie(reply: FastifyReply, publicUrl: string): void {
  void reply.clearCookie(SESSION_COOKIE, attributes(publicUrl));
}

function attributes(publicUrl: string): { path: string; httpOnly: true; sameSite: 'strict'; secure: boolean } {
  const url = new URL(publicUrl);
  return {
    path: `${url.pathname.replace(/\/+$/, '')}/v1`,
    httpOnly: true,
    sameSite: 'strict',
    secure: url.protocol === 'https:',
  };
}
