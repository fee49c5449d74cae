import type { FastifyReply } from 'fastify';
import { clearSessionCookie, setSessionCookie } from './session-cookie';

const attributesAt = (publicUrl: string): unknown[] => {
  const seen: unknown[] = [];
  const keep = (...all: unknown[]): void => void seen.push(all.at(-1));
  const reply = { setCookie: keep, clearCookie: keep } as unknown as FastifyReply;
  setSessionCookie(reply, 'secret', publicUrl);
  clearSessionCookie(reply, publicUrl);
  return seen;
};

/** A cookie is cleared only by one with the same path. */
it.each([
  ['https://host.example', '/v1', true],
  ['https://host.example/zoom', '/zoom/v1', true],
  ['http://127.0.0.1:3000', '/v1', false],
])('the cookie at %s goes to %s alone, and over TLS where there is TLS', (publicUrl, path, secure) => {
  const all = { path, secure, httpOnly: true, sameSite: 'strict' };
  expect(attributesAt(publicUrl)).toEqual([{ ...all, maxAge: 43_200 }, all]);
});
