import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../../platform/errors/app-error';

const CSRF_HEADER = 'x-csrf-token';
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * What a page of ours knows and another site does not. Made from the session's secret, one way: it needs no storage, ends with
 * the session, and whoever reads it does not have the session.
 */
export const csrfTokenOf = (secret: string): string =>
  createHmac('sha256', secret).update('csrf-token').digest('base64url');

/**
 * The cookie alone changes nothing: the request must bring the token, and where the browser says from where it comes, that must be us.
 * @throws AppError `csrf_token_invalid`
 */
export function checkCsrf(
  { method, headers }: Pick<FastifyRequest, 'method' | 'headers'>,
  secret: string,
  publicUrl: string,
): void {
  if (SAFE_METHODS.has(method)) return;
  const { origin } = headers;
  if (origin !== undefined && origin !== new URL(publicUrl).origin)
    throw new AppError('csrf_token_invalid', 'This request comes from the page of another site. Nothing was done.');
  const given = headers[CSRF_HEADER];
  if (typeof given !== 'string' || !equals(given, csrfTokenOf(secret)))
    throw new AppError(
      'csrf_token_invalid',
      `A request that changes something needs the header ${CSRF_HEADER} with the csrfToken of GET /v1/session. Nothing was done.`,
    );
}

/** In equal time for every wrong token of the right length, which is no secret. */
function equals(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
