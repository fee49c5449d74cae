import { Inject, Injectable } from '@nestjs/common';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { CONFIG } from '../platform/config/config.token';
import type { Config } from '../platform/config/config';
import { AppError } from '../platform/errors/app-error';
import type { Awaitable } from '../platform/timing/when-ready';
import type { Principal } from './principal';

/** Seconds. */
const WINDOW = 1;
/** An app reads its own status and reports now and then; more is a loop. */
const APP_LIMIT = 50;
/** A page of the console asks for a dozen things at once. */
const SESSION_LIMIT = 100;

/** The two fields of draft-ietf-httpapi-ratelimit-headers-10. */
export type RateHeaders = Record<'ratelimit-policy' | 'ratelimit', string>;

/**
 * How often one caller may ask this process: a client that went wild takes from others no more than this. Counted in memory,
 * because asking the database would cost what the limit is to save; with n API processes a client has n times as much.
 */
@Injectable()
export class ClientRate {
  private readonly clients: RateLimiterMemory | undefined;
  private readonly apps = new RateLimiterMemory({ points: APP_LIMIT, duration: WINDOW });
  private readonly sessions = new RateLimiterMemory({ points: SESSION_LIMIT, duration: WINDOW });

  constructor(@Inject(CONFIG) { clientRateLimit: points }: Pick<Config, 'clientRateLimit'>) {
    this.clients = points === 0 ? undefined : new RateLimiterMemory({ points, duration: WINDOW });
  }

  /** @returns what the answer says of it, also of the refusal. @throws RateExceeded */
  take(principal: Principal): Awaitable<RateHeaders | undefined> {
    const { clientId, connectorId, app, admin } = principal;
    if (app !== undefined) return this.count('app', `${clientId}/${app.userId}/${app.platform}`, this.apps);
    if (admin !== undefined) return this.count('session', admin.sessionId, this.sessions);
    // A marketplace client speaks for many connectors: one customer's storm is not to take from the others.
    return this.clients === undefined ? undefined : this.count('client', `${clientId}/${connectorId}`, this.clients);
  }

  private async count(name: string, key: string, limiter: RateLimiterMemory): Promise<RateHeaders> {
    try {
      return headersOf(name, limiter.points, await limiter.consume(key));
    } catch (error) {
      if (error instanceof Error) throw error;
      const left = error as RateLimiterRes;
      throw new RateExceeded(limiter.points, headersOf(name, limiter.points, left), left.msBeforeNext);
    }
  }
}

/** More requests than a caller may send. */
export class RateExceeded extends AppError {
  constructor(
    limit: number,
    readonly headers: RateHeaders,
    waitMs: number,
  ) {
    super('too_many_requests', `At most ${limit} requests per second are answered. Wait as long as Retry-After says.`, {
      retryable: true,
      retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
    });
  }
}

const headersOf = (name: string, limit: number, { remainingPoints, msBeforeNext }: RateLimiterRes): RateHeaders => ({
  'ratelimit-policy': `"${name}";q=${limit};w=${WINDOW}`,
  ratelimit: `"${name}";r=${Math.max(0, remainingPoints)};t=${Math.max(0, Math.ceil(msBeforeNext / 1000))}`,
});
