import { AppError } from '../platform/errors/app-error';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const MAX_LENGTH = 2000;

/**
 * Where codes may be sent: compared letter by letter later (RFC 9700 section 2.1), so it must be exact and safe now.
 * @throws AppError `invalid_request`
 */
export function checkRedirectUri(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.has(url.hostname));
  if (url === undefined || !isSafe || text.length > MAX_LENGTH || text.includes('#') || url.username !== '') {
    throw new AppError('invalid_request', 'A redirect address is an https address without "#".', {
      fields: [{ field: 'redirectUris', rule: 'must be https addresses without a fragment' }],
    });
  }
}
