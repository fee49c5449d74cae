import type { CloudLinkApi } from '../cloudlink/cloudlink-api';
import type { Clock } from '../platform/clock/clock';
import type { Database, Queryable } from '../platform/database/database';
import { retryOnDeadlock } from '../platform/database/retry-on-deadlock';
import { AppError } from '../platform/errors/app-error';
import type { ZoomApi } from '../zoom/zoom-api';
import type { GrantListener } from './grant-listener';
import type { Grant, RiskReason } from './grant';
import { markChecked } from './grant-checks';
import { GrantReplaced } from './grant-replaced';
import type { GrantStore } from './grant.store';
import type { GrantVault } from './grant-vault';
import { GrantWatch, type GrantHintReason } from './grant-watch';
import type { Provider } from './provider';
import { missingRole } from './required-roles';

/** What a look at a grant found. */
export type GrantCondition = 'healthy' | 'dead' | RiskReason;

const CHECK_TIMEOUT_MS = 60_000;
/** Events may be told by a clock that is not ours. */
const SKEW_MS = 5 * 60_000;

/** What ended a grant, where a hint knows more than the provider's refusal. */
const DEAD_REASON: Record<GrantHintReason, string | undefined> = {
  app_deauthorized: 'app_deauthorized',
  user_left: 'user_left',
  user_deactivated: undefined,
  user_changed: undefined,
};

/** The admin has authorised again since: it is about the tokens before. */
const isOld = (hint: { occurredAt: Date | undefined }, grant: Grant): boolean =>
  hint.occurredAt !== undefined && hint.occurredAt.getTime() < grant.authorisedAt.getTime() - SKEW_MS;

interface Seen {
  email: string;
  role: string;
  risk?: RiskReason;
}

/** Looks whether a grant still works and its admin still has the rights, before anybody needs it. */
export class GrantHealth extends GrantWatch {
  constructor(
    private readonly database: Database,
    private readonly grants: GrantStore,
    private readonly vault: GrantVault,
    private readonly zoom: ZoomApi,
    private readonly cloudlink: CloudLinkApi,
    private readonly listener: GrantListener,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async hint(hint: Parameters<GrantWatch['hint']>[0]): Promise<void> {
    const grant = await this.grants.findBySubject(hint.connectorId, hint.provider, hint.subjectId);
    if (grant === undefined) return this.hintAfterDeath(hint);
    if (isOld(hint, grant)) return;
    const condition = await this.check(grant.connectorId, grant.grantId, {
      renew: hint.reason === 'app_deauthorized' || hint.reason === 'user_left',
      deadReason: DEAD_REASON[hint.reason],
    });
    // The provider still serves the tokens of somebody of whom it says that they are gone: not for long, perhaps.
    if (hint.reason === 'user_left' && condition === 'healthy') {
      await this.vault.flag(grant.connectorId, grant.grantId, 'user_left');
    }
  }

  /** Zoom revokes first and tells later: a call in between has found the grant dead, but not that the app is gone. */
  private async hintAfterDeath(hint: Parameters<GrantWatch['hint']>[0]): Promise<void> {
    const { connectorId, provider, subjectId } = hint;
    if (hint.reason !== 'app_deauthorized') return;
    const grant = await this.grants.findLastDead(connectorId, provider, subjectId);
    if (grant === undefined) return this.lookAtActive(connectorId, provider, hint.reason);
    // With the hint's own reason it has been told before.
    if (grant.deadReason === hint.reason || isOld(hint, grant)) return;
    await this.database.transaction((transaction) =>
      this.listener.appRemoved(transaction, { connectorId, grantId: grant.grantId }),
    );
  }

  /** Somebody who never gave us a grant has removed the app; Zoom's staff say that an owner's removal ends everybody's. */
  private async lookAtActive(connectorId: string, provider: Provider, deadReason: string): Promise<void> {
    const active = await this.grants.findActive(connectorId, provider);
    if (active !== undefined) await this.check(connectorId, active.grantId, { renew: true, deadReason });
  }

  /**
   * @param options.renew ask for new tokens even if the present ones look good
   * @throws AppError `provider_unavailable` and the like: nothing is known, ask again later
   */
  async check(
    connectorId: string,
    grantId: string,
    options: { renew?: boolean; deadReason?: string | undefined } = {},
  ): Promise<GrantCondition> {
    const grant = await this.grants.find(connectorId, grantId);
    if (grant === undefined || grant.state === 'dead') return 'dead';
    const began = this.clock.now();
    let seen: Seen;
    try {
      const token = await (options.renew === true
        ? this.vault.renew(connectorId, grantId, options.deadReason)
        : this.vault.accessToken(connectorId, grantId));
      seen = await this.look(grant, token);
    } catch (error) {
      if (error instanceof GrantReplaced) return 'dead';
      if (error instanceof AppError && error.code === 'reauthorization_required') return 'dead';
      throw error;
    }
    if (seen.risk !== undefined) {
      await this.vault.flag(connectorId, grantId, seen.risk, began);
      return seen.risk;
    }
    await retryOnDeadlock(() => this.database.transaction((transaction) => this.note(transaction, grant, seen)));
    return 'healthy';
  }

  private async note(transaction: Queryable, grant: Grant, seen: Seen): Promise<void> {
    const { connectorId, grantId, provider } = grant;
    if (await markChecked(connectorId, grantId, seen, this.clock.now(), transaction)) {
      await this.listener.grantRecovered(transaction, { connectorId, provider, grantId });
    }
  }

  private async look(grant: Grant, token: string): Promise<Seen> {
    // A token that is refused now was valid a moment ago: it is renewed once, then believed.
    const asGrant = {
      accountId: grant.accountId,
      accessToken: async ({ rejected }: { rejected?: string } = {}): Promise<string> =>
        rejected === undefined ? token : this.vault.accessToken(grant.connectorId, grant.grantId, { rejected }),
    };
    const signal = AbortSignal.timeout(CHECK_TIMEOUT_MS);
    try {
      if (grant.provider === 'zoom') {
        const admin = await this.zoom.whoAmI(asGrant, signal);
        const seen = { email: admin.email, role: admin.roleName };
        if (admin.accountId !== grant.accountId) return { ...seen, risk: 'user_left' };
        if (!admin.isActive) return { ...seen, risk: 'user_deactivated' };
        const privileges = await this.zoom.permissions(asGrant, admin.userId, signal);
        return missingRole('zoom', privileges) === undefined ? seen : { ...seen, risk: 'role_missing' };
      }
      const admin = await this.cloudlink.whoAmI(asGrant, signal);
      const seen = { email: admin.email, role: admin.role };
      return missingRole('cloudlink', [admin.role]) === undefined ? seen : { ...seen, risk: 'role_missing' };
    } catch (error) {
      if (error instanceof AppError && error.code === 'provider_rejected')
        return { email: grant.subjectEmail, role: grant.subjectRole, risk: 'token_refused' };
      throw error;
    }
  }
}
