import type { Clock } from '../platform/clock/clock';
import type { Database, Queryable } from '../platform/database/database';
import { retryOnDeadlock } from '../platform/database/retry-on-deadlock';
import { AppError } from '../platform/errors/app-error';
import type { Logger } from '../platform/logging/logger';
import type { AsGrant } from '../platform/remote/as-grant';
import { withTraces } from '../platform/remote/trace-scope';
import type { GrantListener } from './grant-listener';
import { FollowingGrant, type GrantSource } from './following-grant';
import type { RiskReason } from './grant';
import { GrantReplaced, needsAdmin } from './grant-replaced';
import { flagRisk } from './grant-checks';
import type { GrantTokens } from './grant-tokens';
import type { GrantStore } from './grant.store';
import type { Provider } from './provider';
import type { RefreshOutcome } from './token-endpoint';
import type { CloudLinkTokenEndpoint } from './cloudlink-token.endpoint';
import type { ZoomTokenEndpoint } from './zoom-token.endpoint';

export interface Endpoints {
  zoom: ZoomTokenEndpoint;
  cloudlink: CloudLinkTokenEndpoint;
}

type Renewal = { kind: 'token'; token: string } | { kind: 'died'; provider: Provider; replaced: boolean };

/** Renew this long before expiry: longer than any run between two looks at the clock. */
const REFRESH_MARGIN_MS = 5 * 60_000;
/** When renewing fails for now, a token that lives at least this long is still good for a call. */
const LAST_USE_MARGIN_MS = 30_000;
/** Longer than a refresh with its retries (3 × 20 s and waits of at most 8 s), shorter than idle_in_transaction_session_timeout. */
const LOCK_TIMEOUT_MS = 90_000;
const REFRESH_TIMEOUT_MS = 80_000;

/**
 * Keeps the tokens of all grants fresh. One refresher per grant at any time, across processes: both providers rotate
 * the refresh token, so a second refresh with the old one would end the grant.
 */
export class GrantVault implements GrantSource {
  /** Callers of one process share one refresh instead of queueing for the row with a connection each. */
  private readonly underWay = new Map<string, Promise<string>>();

  constructor(
    private readonly database: Database,
    private readonly grants: GrantStore,
    private readonly endpoints: Endpoints,
    private readonly listener: GrantListener,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /**
   * The grant that a connector works with now. `tokens` goes on with its successor when it dies.
   * @throws AppError `reauthorization_required` when there is none
   */
  async active(
    connectorId: string,
    provider: Provider,
  ): Promise<{ grantId: string; accountId: string; tokens: AsGrant }> {
    const grant = await this.grants.findActive(connectorId, provider);
    if (grant === undefined) throw needsAdmin(provider);
    return { ...grant, tokens: new FollowingGrant(this, connectorId, provider, grant.accountId) };
  }

  now(): Date {
    return this.clock.now();
  }

  /** @throws AppError `reauthorization_required` */
  async activeGrantId(connectorId: string, provider: Provider): Promise<string> {
    const grant = await this.grants.findActive(connectorId, provider);
    if (grant === undefined) throw needsAdmin(provider);
    return grant.grantId;
  }

  /**
   * Marks a live grant as not to be relied on.
   * @param since when the look began that found it so; who has authorised again since is not meant
   * @returns whether another grant has taken over from it
   */
  flag(connectorId: string, grantId: string, reason: RiskReason, since?: Date): Promise<boolean> {
    return this.transact(async (transaction) => {
      const grant = await this.grants.find(connectorId, grantId, transaction);
      if (grant === undefined || grant.state === 'dead') return false;
      const { provider } = grant;
      const isNews = await flagRisk(connectorId, grantId, reason, { now: this.clock.now(), since }, transaction);
      const replaced = isNews
        ? await this.listener.grantAtRisk(transaction, { connectorId, provider, grantId, reason })
        : grant.state !== 'active' && (await this.grants.countActive(connectorId, provider, transaction)) > 0;
      if (isNews) this.logger.info({ connectorId, grantId, provider, reason, replaced }, 'grant is at risk');
      return replaced;
    });
  }

  /**
   * Asks the provider for new tokens although the present ones look good: whether it gives any is the truth about a grant.
   * @param deadReason what ended it, where that is known better than the provider's plain refusal tells
   */
  async renew(connectorId: string, grantId: string, deadReason?: string): Promise<string> {
    const stored = await this.grants.readTokens(connectorId, grantId);
    return this.share(connectorId, grantId, stored?.accessToken, deadReason);
  }

  /**
   * A token that will still be valid for some minutes.
   * @param options.rejected the token that the provider has just refused with 401
   * @throws AppError `reauthorization_required`, `provider_unavailable`, `misconfigured`
   */
  async accessToken(connectorId: string, grantId: string, options: { rejected?: string } = {}): Promise<string> {
    const stored = await this.grants.readTokens(connectorId, grantId);
    const usable = this.usable(stored, options.rejected, REFRESH_MARGIN_MS);
    if (usable !== undefined) return usable;
    try {
      return await this.share(connectorId, grantId, options.rejected);
    } catch (error) {
      const stillGood =
        error instanceof AppError && error.retryable
          ? this.usable(stored, options.rejected, LAST_USE_MARGIN_MS)
          : undefined;
      if (stillGood === undefined) throw error;
      this.logger.warn(
        { connectorId, grantId, reason: error instanceof AppError ? error.message : 'unknown' },
        'token not renewed, the old one is still valid',
      );
      return stillGood;
    }
  }

  private share(
    connectorId: string,
    grantId: string,
    rejected: string | undefined,
    deadReason?: string,
  ): Promise<string> {
    const key = `${connectorId}/${grantId}`;
    const running = this.underWay.get(key);
    if (running !== undefined) return running;
    const refresh = withTraces(() => this.refresh(connectorId, grantId, rejected, deadReason)).finally(() =>
      this.underWay.delete(key),
    );
    this.underWay.set(key, refresh);
    return refresh;
  }

  private async refresh(
    connectorId: string,
    grantId: string,
    rejected: string | undefined,
    deadReason: string | undefined,
  ): Promise<string> {
    // A rotated pair is stored without waiting for anybody, so doing it again never asks with a token that is used up.
    const outcome = await this.transact(async (transaction): Promise<Renewal> => {
      // The pool's own statement limit is shorter than the wait for another process's refresh.
      await transaction.query(
        `set local lock_timeout = ${LOCK_TIMEOUT_MS}; set local statement_timeout = ${LOCK_TIMEOUT_MS + 5_000}`,
      );
      const current = await this.grants.readTokens(connectorId, grantId, transaction);
      // Somebody else may have renewed it while we waited for the row.
      const usable = this.usable(current, rejected, REFRESH_MARGIN_MS);
      if (usable !== undefined) return { kind: 'token', token: usable };
      if (current === undefined) throw new AppError('not_found', 'This grant does not exist.');
      if (current.state === 'dead') {
        const others = await this.grants.countActive(connectorId, current.provider, transaction);
        return { kind: 'died', provider: current.provider, replaced: others > 0 };
      }
      const result = await this.ask(current);
      const now = this.clock.now();
      if (result.kind === 'tokens') {
        await this.grants.storeTokens(connectorId, grantId, result.tokens, now, transaction);
        return { kind: 'token', token: result.tokens.accessToken };
      }
      const reason = deadReason ?? result.reason;
      await this.grants.markDead(connectorId, grantId, reason, now, transaction);
      const died = { connectorId, provider: current.provider, grantId, reason };
      return { kind: 'died', provider: current.provider, replaced: await this.listener.grantDied(transaction, died) };
    });
    // Only now, after the commit: the rotated pair is stored before anybody uses it, and a dead grant stays dead.
    if (outcome.kind === 'token') {
      this.logger.debug({ connectorId, grantId }, 'token renewed');
      return outcome.token;
    }
    this.logger.debug({ connectorId, grantId, replaced: outcome.replaced }, 'grant is dead');
    throw outcome.replaced ? new GrantReplaced(outcome.provider) : needsAdmin(outcome.provider);
  }

  /** Grant first, then connector: linking takes them the other way round, and PostgreSQL ends one of both. */
  private transact<T>(work: (transaction: Queryable) => Promise<T>): Promise<T> {
    return retryOnDeadlock(() => this.database.transaction(work));
  }

  private async ask(current: GrantTokens): Promise<RefreshOutcome> {
    const signal = AbortSignal.timeout(REFRESH_TIMEOUT_MS);
    if (current.serviceClient !== undefined) {
      return this.endpoints.cloudlink.clientCredentials(current.serviceClient, signal);
    }
    if (current.refreshToken === undefined) return { kind: 'dead', reason: 'no_refresh_token' };
    return this.endpoints[current.provider].refresh(current.refreshToken, signal);
  }

  private usable(tokens: GrantTokens | undefined, rejected: string | undefined, marginMs: number): string | undefined {
    if (
      tokens === undefined ||
      tokens.state === 'dead' ||
      tokens.accessToken === undefined ||
      tokens.expiresAt === undefined
    )
      return undefined;
    if (tokens.accessToken === rejected) return undefined;
    return tokens.expiresAt.getTime() - this.clock.now().getTime() > marginMs ? tokens.accessToken : undefined;
  }
}
