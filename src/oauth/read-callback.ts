import { AppError } from '../platform/errors/app-error';

/** What a provider's redirect back to us says. */
export type Callback =
  { kind: 'code'; code: string; state: string } | { kind: 'refused'; error: string; state: string };

const MAX_LENGTH = 4096;

/** Reads the query of a callback: parameters that we do not know are ignored (RFC 6749 section 4.1.2). */
export function readCallback(query: Record<string, unknown>): Callback {
  const state = single(query, 'state');
  if (state === undefined) throw new AppError('oauth_state_invalid', 'The address lacks the parameter "state".');
  const error = single(query, 'error');
  if (error !== undefined) return { kind: 'refused', error: error.replace(/[^\w.-]/g, '').slice(0, 64), state };
  const code = single(query, 'code');
  if (code === undefined) throw new AppError('oauth_state_invalid', 'The address lacks the parameter "code".');
  return { kind: 'code', code, state };
}

function single(query: Record<string, unknown>, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string' || value.length > MAX_LENGTH) {
    throw new AppError(
      'oauth_state_invalid',
      `The parameter "${name}" must occur once and have at most ${MAX_LENGTH} characters.`,
    );
  }
  return value;
}
