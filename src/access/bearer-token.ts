import { AppError } from '../platform/errors/app-error';

/** RFC 6750 section 2.1; the scheme is written in any case (RFC 9110 section 11.1). @throws AppError `unauthenticated` */
export function bearerToken(header: string | undefined): string {
  if (header === undefined)
    throw new AppError(
      'unauthenticated',
      'Send an access token: "Authorization: Bearer <token>". In a browser: sign in.',
    );
  const [, token] = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(header) ?? [];
  if (token === undefined) throw new AppError('unauthenticated', 'The Authorization header must be "Bearer <token>".');
  return token;
}
