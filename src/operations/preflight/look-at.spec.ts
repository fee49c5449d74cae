import { AppError } from '../../platform/errors/app-error';
import { createLogger } from '../../platform/logging/logger';
import { lookAt } from './look-at';
import { onlyLooking } from './only-looking';

const logger = createLogger({ level: 'silent', pretty: false });
const fail =
  (error: unknown): (() => Promise<never>) =>
  async () => {
    throw error;
  };

describe('lookAt', () => {
  it('gives what was seen', async () => {
    expect(await lookAt('x', async () => 5, logger)).toEqual({ seen: 5 });
  });

  it('ends although the question does not, and tells it to', async () => {
    let told: AbortSignal | undefined;
    const began = Date.now();
    const look = await lookAt(
      'x',
      (signal) => {
        told = signal;
        return new Promise<never>(() => undefined);
      },
      logger,
      50,
    );
    expect(look).toEqual({ fault: { kind: 'unreachable', retryAfterSeconds: undefined } });
    expect(told?.aborted).toBe(true);
    expect(Date.now() - began).toBeLessThan(2_000);
  });

  it.each([
    ['reauthorization_required', { kind: 'not_authorised' }],
    ['provider_rejected', { kind: 'refused' }],
    ['provider_answer_invalid', { kind: 'unreadable' }],
    ['misconfigured', { kind: 'unreadable' }],
  ] as const)('%s becomes %j', async (code, fault) => {
    expect(await lookAt('x', fail(new AppError(code, 'no')), logger)).toEqual({ fault });
  });

  it('passes on how long to wait', async () => {
    const error = new AppError('provider_unavailable', 'later', { retryAfterSeconds: 9 });
    expect(await lookAt('x', fail(error), logger)).toEqual({ fault: { kind: 'unreachable', retryAfterSeconds: 9 } });
  });

  it('takes a fault of ours for no answer', async () => {
    expect(await lookAt('x', fail(new TypeError('ours')), logger)).toEqual({ fault: { kind: 'unreadable' } });
  });
});

it('onlyLooking never tells the grant that a privilege is missing', async () => {
  const asked: unknown[] = [];
  const grant = onlyLooking({
    accountId: 'a',
    accessToken: async (options) => {
      asked.push(options);
      return 'token';
    },
    lacksPrivilege: async () => {
      throw new Error('asked');
    },
  });
  expect(grant.accountId).toBe('a');
  expect(grant.lacksPrivilege).toBeUndefined();
  expect(await grant.accessToken({ rejected: 'old' })).toBe('token');
  expect(asked).toEqual([{ rejected: 'old' }]);
});
