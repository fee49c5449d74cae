import { AppError } from '../platform/errors/app-error';
import { nextAttempt } from './next-attempt';
import { RunFailure } from './run-failure';

const busy = (retryAfterSeconds?: number): AppError =>
  new AppError('provider_unavailable', 'Zoom is busy.', {
    retryable: true,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
const coded = (code: string, message = 'x'): Error => Object.assign(new Error(message), { code });

describe('nextAttempt', () => {
  it.each([
    [busy(), 1, 2],
    [busy(), 2, 4],
    [busy(), 4, 16],
    [busy(30), 1, 30],
    [busy(3600), 2, 3600],
    [coded('ECONNREFUSED'), 1, 2],
    [coded('57P01'), 1, 2],
    [coded('40P01'), 1, 2],
    [coded('23505'), 1, 2],
    [coded('25P03'), 1, 2],
    [new Error('Client has encountered a connection error and is not queryable'), 1, 2],
    [new Error('Connection terminated unexpectedly'), 1, 2],
  ])('%s, attempt %i → waits %i s', (error, attempts, seconds) => {
    expect(nextAttempt(error, attempts, () => 0)).toMatchObject({ kind: 'wait', seconds });
  });

  it.each([
    [busy(), 1, 2, 3],
    [busy(), 4, 16, 24],
    [busy(30), 1, 30, 31],
  ])('%s, attempt %i → waits from %i to %i s, not always the same', (error, attempts, least, most) => {
    const waits = Array.from({ length: 50 }, () => {
      const next = nextAttempt(error, attempts);
      return next.kind === 'wait' ? next.seconds : NaN;
    });
    expect(waits.filter((seconds) => !(seconds >= least && seconds < most))).toEqual([]);
    expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan((most - least) / 2);
  });

  it.each([
    [busy(), 5, 'provider_unavailable'],
    [new AppError('reauthorization_required', 'x'), 1, 'reauthorization_required'],
    [new RunFailure('page_loop', 'x'), 1, 'page_loop'],
    [coded('42703'), 1, 'internal_error'],
    [new TypeError('x is not a function'), 1, 'internal_error'],
    ['text', 1, 'internal_error'],
  ])('%s, attempt %i → fails with %s', (error, attempts, code) => {
    expect(nextAttempt(error, attempts)).toMatchObject({ kind: 'fail', code });
  });

  it('tells an admin nothing of the inside of an unknown error', () => {
    expect(nextAttempt(new Error('password=secret'), 1).message).not.toContain('secret');
  });
});
