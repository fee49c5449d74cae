import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

const NAME = 'connector_browser';
const VALUE = /^[A-Za-z0-9_-]{43}$/;
/** As long as a session of the console: the next sign-in of the same browser ends the one before. */
const LIFETIME_SECONDS = 12 * 3600;

/** The browser's secret, if it has one: 256 random bits in a cookie that no script can read. */
export function readBrowserCookie(request: FastifyRequest): string | undefined {
  const value = request.cookies[NAME];
  return value !== undefined && VALUE.test(value) ? value : undefined;
}

/** Keeps the browser's secret, or gives it one. SameSite=Lax: it must come back with the provider's redirect. */
export function keepBrowserCookie(request: FastifyRequest, reply: FastifyReply, publicUrl: string): string {
  const value = readBrowserCookie(request) ?? randomBytes(32).toString('base64url');
  const url = new URL(publicUrl);
  void reply.setCookie(NAME, value, {
    path: `${url.pathname.replace(/\/+$/, '')}/oauth`,
    httpOnly: true,
    sameSite: 'lax',
    secure: url.protocol === 'https:',
    maxAge: LIFETIME_SECONDS,
  });
  return value;
}
