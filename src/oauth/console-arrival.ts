import { AppError } from '../platform/errors/app-error';
import type { Provider } from './provider';

/** The same error, of a browser that is to be told of it by the console. */
export class FailedForConsole extends AppError {
  constructor(error: AppError) {
    super(error.code, error.message, {
      ...(error.detail === undefined ? {} : { detail: error.detail }),
      retryable: error.retryable,
      fields: error.fields,
      cause: error.cause ?? error,
    });
  }
}

/** `standby`: signed in, and the authorisation waits behind another admin's. */
export type Arrival = { result: 'signed_in' | 'standby' } | { error: string; reference: string };

/**
 * Where the console takes over. Only codes go along, never a text: whoever writes such an address themselves could
 * otherwise put words into our mouth. Behind the hash, so that no server's log has it.
 */
export const arrivalUrl = (publicUrl: string, provider: Provider, arrival: Arrival): string =>
  `${publicUrl}/#/arrived?${new URLSearchParams({ provider, ...arrival }).toString()}`;

/** The parameter of a start link that says so. */
export const isForConsole = (query: unknown): boolean => (query as { to?: unknown } | undefined)?.to === 'console';
