import type { Clock } from '../platform/clock/clock';
import type { Database } from '../platform/database/database';
import { AppError } from '../platform/errors/app-error';
import type { Logger } from '../platform/logging/logger';
import type { AsGrant } from '../platform/remote/as-grant';
import type { AuthorisationListener } from './authorisation-listener';
import type { GrantStore, GrantTokens } from './grant.store';
import { PROVIDER_NAMES, type Provider } from './provider';
import type { TokenEndpoint } from './token-endpoint';

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
export class GrantVault {
  /** Callers of one process share one refresh instead of queueing for the row with a connection each. */
  private readonly underWay = new Map<string, Promise<string>>();

  constructor(
    private readonly database: Database,
    private readonly grants: GrantStore,
    private readonly endpoints: Record<Provider, TokenEndpoint>,
    private readonly listener: AuthorisationListener,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** The grant that a connector works with now. @throws AppError `reauthorization_required` when it has none */
  async active(
    connectorId: string,
    provider: Provider,
  ): Promise<{ grantId: string; accountId: string; tokens: AsGrant }> {
    const grant = await this.grants.findActive(connectorId, provider);
    if (grant === undefined) throw needsAdmin(provider);
    return { ...grant, tokens: { accessToken: (options) => this.accessToken(connectorId, grant.grantId, options) } };
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
    const key = `${connectorId}/${grantId}`;
    const running = this.underWay.get(key) ?? this.startRefresh(key, connectorId, grantId, options.rejected);
    try {
      return await running;
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

  private startRefresh(
    key: string,
    connectorId: string,
    grantId: string,
    rejected: string | undefined,
  ): Promise<string> {
    const refresh = this.refresh(connectorId, grantId, rejected).finally(() => this.underWay.delete(key));
    this.underWay.set(key, refresh);
    return refresh;
  }

  private async refresh(connectorId: string, grantId: string, rejected: string | undefined): Promise<string> {
    const outcome = await this.database.transaction(
      async (transaction): Promise<string | { died: Provider; replaced: boolean }> => {
        // The pool's own statement limit is shorter than the wait for another process's refresh.
        await transaction.query(
          `set local lock_timeout = ${LOCK_TIMEOUT_MS}; set local statement_timeout = ${LOCK_TIMEOUT_MS + 5_000}`,
        );
        const current = await this.grants.readTokens(connectorId, grantId, transaction);
        // Somebody else may have renewed it while we waited for the row.
        const usable = this.usable(current, rejected, REFRESH_MARGIN_MS);
        if (usable !== undefined) return usable;
        if (current === undefined) throw new AppError('not_found', 'This grant does not exist.');
        if (current.state === 'dead') return { died: current.provider, replaced: false };
        const result =
          current.refreshToken === undefined
            ? ({ kind: 'dead', reason: 'no_refresh_token' } as const)
            : await this.endpoints[current.provider].refresh(
                current.refreshToken,
                AbortSignal.timeout(REFRESH_TIMEOUT_MS),
              );
        const now = this.clock.now();
        if (result.kind === 'tokens') {
          await this.grants.storeTokens(connectorId, grantId, result.tokens, now, transaction);
          return result.tokens.accessToken;
        }
        await this.grants.markDead(connectorId, grantId, result.reason, now, transaction);
        const replaced = await this.listener.grantDied(transaction, {
          connectorId,
          provider: current.provider,
          grantId,
          reason: result.reason,
        });
        const facts = { connectorId, grantId, provider: current.provider, reason: result.reason };
        if (replaced) this.logger.warn(facts, 'grant is dead: another admin’s has taken over');
        else this.logger.error(facts, 'grant is dead: an admin must authorise again');
        return { died: current.provider, replaced };
      },
    );
    // Only now, after the commit: the rotated pair is stored before anybody uses it, and a dead grant stays dead.
    if (typeof outcome === 'string') {
      this.logger.debug({ connectorId, grantId }, 'token renewed');
      return outcome;
    }
    if (outcome.replaced) {
      throw new AppError(
        'provider_unavailable',
        `The authorisation at ${PROVIDER_NAMES[outcome.died]} was replaced by another admin’s: try again.`,
        {
          retryable: true,
          retryAfterSeconds: 0,
        },
      );
    }
    throw needsAdmin(outcome.died);
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

const needsAdmin = (provider: Provider): AppError =>
  new AppError(
    'reauthorization_required',
    `The authorisation at ${PROVIDER_NAMES[provider]} is no longer valid: an admin must authorise again.`,
  );
