import { AppError } from '../platform/errors/app-error';
import { asObject } from '../platform/remote/read-fields';
import type { RemoteAnswer } from '../platform/remote/remote-http';
import type { TokenSet } from './token-endpoint';

const MAX_TOKEN_LENGTH = 64 * 1024;
/** Where a provider does not say how long a token lives: short enough to be harmless. */
const DEFAULT_LIFETIME_SECONDS = 600;

const token = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= MAX_TOKEN_LENGTH && /^[\x21-\x7e]+$/.test(value)
    ? value
    : undefined;

/** The token set of a 200 answer. @throws AppError `provider_answer_invalid` */
export function readTokenAnswer(answer: RemoteAnswer, providerName: string): TokenSet {
  const body = asObject(answer.body) ?? {};
  const accessToken = token(body['access_token']);
  if (accessToken === undefined) {
    throw new AppError('provider_answer_invalid', `${providerName} answered without an access token.`, {
      detail: `HTTP ${answer.status}`,
    });
  }
  const lifetime = Number(body['expires_in']);
  return {
    accessToken,
    refreshToken: token(body['refresh_token']),
    expiresInSeconds:
      Number.isFinite(lifetime) && lifetime > 0 ? Math.min(lifetime, 86_400 * 30) : DEFAULT_LIFETIME_SECONDS,
    scope: typeof body['scope'] === 'string' ? body['scope'].slice(0, 8_000) : '',
  };
}
