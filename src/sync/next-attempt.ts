import { AppError } from '../platform/errors/app-error';
import type { RunErrorCode } from './run-error-code';
import { RunFailure } from './run-failure';

export const MAX_ATTEMPTS = 5;
const FIRST_WAIT_SECONDS = 2;
const LONGEST_WAIT_SECONDS = 60;

/** What becomes of a run whose attempt failed. `message` is fit for an admin. */
export type NextAttempt =
  | { kind: 'wait'; seconds: number; code: RunErrorCode; message: string }
  | { kind: 'fail'; code: RunErrorCode; message: string };

/**
 * Decides by the error and by how many attempts have failed since the last stored page, this one included. Up to half of
 * our own pause is added by chance, so that runs which failed together do not come back together, and none before the
 * time that the provider asked for.
 */
export function nextAttempt(error: unknown, failedAttempts: number, random: () => number = Math.random): NextAttempt {
  const { code, message } = describe(error);
  if (!isTemporary(error) || failedAttempts >= MAX_ATTEMPTS) return { kind: 'fail', code, message };
  const own = Math.min(FIRST_WAIT_SECONDS * 2 ** (failedAttempts - 1), LONGEST_WAIT_SECONDS);
  const asked = error instanceof AppError ? (error.retryAfterSeconds ?? 0) : 0;
  return { kind: 'wait', seconds: Math.max(own, asked) + (own / 2) * random(), code, message };
}

function describe(error: unknown): { code: RunErrorCode; message: string } {
  if (error instanceof AppError || error instanceof RunFailure) return { code: error.code, message: error.message };
  if (isDatabaseTrouble(error)) return { code: 'unavailable', message: 'The database could not be used.' };
  return {
    code: 'internal_error',
    message: 'Something went wrong on our side. The log names it by the id of the run.',
  };
}

const isTemporary = (error: unknown): boolean =>
  error instanceof AppError ? error.retryable : !(error instanceof RunFailure) && isDatabaseTrouble(error);

/**
 * SQLSTATE classes: connection, rollback (deadlock, serialisation), resources, operator intervention; a transaction that
 * stood still for too long, a lock that was waited for too long, and our unique keys.
 */
const TEMPORARY_SQLSTATE = /^(08|40|53|57)|^(25P03|55P03|23505)$/;
const SOCKET_ERRORS = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

function isDatabaseTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return (
    SOCKET_ERRORS.has(code) ||
    (code.length === 5 && TEMPORARY_SQLSTATE.test(code)) ||
    // pg has no code for these.
    /Connection terminated|timeout exceeded when trying to connect|is not queryable/.test(error.message)
  );
}
