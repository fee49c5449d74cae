import { randomUUID } from 'node:crypto';
import type { Alerts } from '../alerts/alerts';
import { AuthorisationListener, type Authorisation, type LinkResult } from '../oauth/authorisation-listener';
import type { RiskReason } from '../oauth/grant';
import type { GrantStore } from '../oauth/grant.store';
import { PROVIDERS, PROVIDER_NAMES, otherProvider, type Provider } from '../oauth/provider';
import type { AuditLog } from '../platform/audit/audit-log';
import type { Clock } from '../platform/clock/clock';
import type { ConnectorCiphers } from '../platform/crypto/connector-cipher';
import type { Database, Queryable } from '../platform/database/database';
import { retryOnDeadlock } from '../platform/database/retry-on-deadlock';
import { AppError } from '../platform/errors/app-error';
import { assertNever } from '../platform/errors/assert-never';
import type { Logger } from '../platform/logging/logger';
import type { Queue } from '../platform/queue/queue';
import type { ConnectorRepository } from './connector.repository';
import { checkMove, stateFromGrants, type ConnectorState } from './connector-state';
import { CHECK_GRANT, checkGrantJob } from '../oauth/grant-jobs';
import { planLink, type LinkCandidate } from './plan-link';
import { WATCH_CLOUDLINK, watchCloudlinkJob } from './connector-jobs';

/** Grants come and go; the connector follows. Everything about one authorisation happens in one transaction. */
export class ConnectorLinking extends AuthorisationListener {
  constructor(
    private readonly database: Database,
    private readonly connectors: ConnectorRepository,
    private readonly grants: GrantStore,
    private readonly ciphers: ConnectorCiphers,
    private readonly audit: AuditLog,
    private readonly alerts: Alerts,
    private readonly queue: Queue,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    super();
  }

  override async authorised(authorisation: Authorisation): Promise<LinkResult> {
    const result = await this.linkOrRetry(authorisation);
    const { grant } = authorisation;
    this.logger.info(
      {
        connectorId: result.connectorId,
        provider: grant.provider,
        accountId: grant.accountId,
        state: result.state,
        standby: result.standby,
      },
      'grant added',
    );
    return result;
  }

  /**
   * A grant of this connector may be dying at this moment, in a transaction that locks the two tables the other way
   * round. PostgreSQL then ends one of both; the code that the admin brought must not be lost by that.
   */
  private linkOrRetry(authorisation: Authorisation): Promise<LinkResult & { state: ConnectorState }> {
    return retryOnDeadlock(() => this.database.transaction((transaction) => this.link(transaction, authorisation)));
  }

  override async grantDied(
    transaction: Queryable,
    died: { connectorId: string; provider: Provider; grantId: string; reason: string },
  ): Promise<boolean> {
    const { connectorId, provider, grantId, reason } = died;
    const connector = await this.connectors.findById(transaction, connectorId);
    if (connector === undefined) return false;
    await this.record(transaction, 'grant.died', died, { reason });
    // Of a disconnected connector nobody needs to hear.
    if (connector.state === 'disconnected') return false;
    const isDeauthorised = provider === 'zoom' && reason === 'app_deauthorized';
    if (isDeauthorised) await this.connectors.setZoomDeauthorised(transaction, connectorId, this.clock.now());
    await this.alerts.raise({ connectorId, kind: 'grant.dead', provider, grantId, reason }, transaction);
    const successor = await this.promote(transaction, died);
    // Zoom's staff say that an owner who removes the app revokes other admins' tokens with it: know that now, not later.
    if (successor !== undefined && isDeauthorised) await this.checkSoon(transaction, connectorId, successor);
    await this.settleState(transaction, connector);
    return successor !== undefined || (await this.grants.countActive(connectorId, provider, transaction)) > 0;
  }

  override async grantAtRisk(
    transaction: Queryable,
    flagged: { connectorId: string; provider: Provider; grantId: string; reason: RiskReason },
  ): Promise<boolean> {
    const { connectorId, provider, grantId, reason } = flagged;
    const connector = await this.connectors.findById(transaction, connectorId);
    if (connector === undefined || connector.state === 'disconnected') return false;
    await this.record(transaction, 'grant.at_risk', flagged, { reason });
    await this.alerts.raise({ connectorId, kind: 'grant.at_risk', provider, grantId, reason }, transaction);
    const grant = await this.grants.find(connectorId, grantId, transaction);
    if (grant?.state !== 'active') return (await this.grants.countActive(connectorId, provider, transaction)) > 0;
    // Without a healthy standby the flagged one stays: it may still be good for something.
    if (!(await this.grants.hasHealthyStandby(connectorId, provider, transaction))) return false;
    await this.grants.demoteActive(connectorId, provider, this.clock.now(), transaction);
    return (await this.promote(transaction, flagged)) !== undefined;
  }

  override async grantRecovered(
    transaction: Queryable,
    recovered: { connectorId: string; provider: Provider; grantId: string },
  ): Promise<void> {
    const connector = await this.connectors.findById(transaction, recovered.connectorId);
    if (connector === undefined || connector.state === 'disconnected') return;
    await this.record(transaction, 'grant.recovered', recovered, {});
    await this.promote(transaction, recovered);
    await this.settleState(transaction, connector);
  }

  /** Fills an empty place. @returns the grant that is active now and was not before */
  private async promote(
    transaction: Queryable,
    from: { connectorId: string; provider: Provider; grantId: string },
  ): Promise<string | undefined> {
    const { connectorId, provider } = from;
    if ((await this.grants.countActive(connectorId, provider, transaction)) > 0) return undefined;
    const successor = await this.grants.promoteStandby(connectorId, provider, this.clock.now(), transaction);
    if (successor === undefined || successor === from.grantId) return successor;
    await this.record(transaction, 'grant.switched', { ...from, grantId: successor }, { from: from.grantId });
    await this.alerts.raise(
      { connectorId, kind: 'grant.switched', provider, grantId: successor, details: { from: from.grantId } },
      transaction,
    );
    return successor;
  }

  private record(
    transaction: Queryable,
    action: string,
    { connectorId, provider, grantId }: { connectorId: string; provider: Provider; grantId: string },
    details: Record<string, string>,
  ): Promise<void> {
    return this.audit.record(
      {
        connectorId,
        actorKind: 'system',
        actorId: 'grant-vault',
        action,
        subject: grantId,
        details: { provider, ...details },
      },
      transaction,
    );
  }

  private checkSoon(transaction: Queryable, connectorId: string, grantId: string): Promise<void> {
    return this.queue.add(CHECK_GRANT, { connectorId, grantId, renew: true }, checkGrantJob(grantId), transaction);
  }

  private async link(
    transaction: Queryable,
    { grant, tokens, browser, connectorId, requestId, address }: Authorisation,
  ): Promise<LinkResult & { state: ConnectorState }> {
    const now = this.clock.now();
    await this.connectors.lockAccount(transaction, grant.provider, grant.accountId);
    const owner = await this.connectors.findByAccount(transaction, grant.provider, grant.accountId);
    const session =
      connectorId === undefined
        ? await this.connectors.findBySession(transaction, browser, now)
        : await this.connectors.findById(transaction, connectorId);
    if (connectorId !== undefined && (session === undefined || session.state === 'disconnected')) throw unknownLink();
    const isNamed = connectorId !== undefined;
    const target = await this.prepareTarget(transaction, grant.provider, grant.accountId, owner, session, isNamed, now);
    const cipher = await this.ciphers.for(target.connectorId, transaction);
    const kept = await this.grants.keep(target.connectorId, grant, tokens, cipher, now, transaction);
    await this.audit.record(
      {
        connectorId: target.connectorId,
        actorKind: 'admin',
        actorId: grant.subjectId,
        action: 'grant.added',
        subject: kept.grantId,
        requestId,
        address,
        details: {
          provider: grant.provider,
          accountId: grant.accountId,
          email: grant.subjectEmail,
          role: grant.subjectRole,
          state: kept.state,
        },
      },
      transaction,
    );
    const state = await this.settleState(transaction, target);
    if (state === 'pending') await this.connectors.keepSession(transaction, browser, target.connectorId, now);
    else await this.connectors.endSession(transaction, browser);
    const other = otherProvider(grant.provider);
    const otherActive = (await this.grants.countActive(target.connectorId, other, transaction)) > 0;
    return {
      connectorId: target.connectorId,
      missing: otherActive ? undefined : other,
      standby: kept.state === 'standby',
      accounts: { zoom: target.zoomAccountId, cloudlink: target.cloudlinkAccountId },
      state,
    };
  }

  /** The connector that this account belongs to, with the account on it. */
  private async prepareTarget(
    transaction: Queryable,
    provider: Provider,
    accountId: string,
    owner: LinkCandidate | undefined,
    session: LinkCandidate | undefined,
    isNamed: boolean,
    now: Date,
  ): Promise<LinkCandidate> {
    const side = provider === 'zoom' ? 'zoomAccountId' : 'cloudlinkAccountId';
    const plan = planLink(side, accountId, owner, session, isNamed);
    let connectorId: string;
    switch (plan.kind) {
      case 'wrong-account':
        throw new AppError(
          'wrong_account',
          `You have signed in to the ${PROVIDER_NAMES[provider]} account ${accountId}, but this link is for the account ${plan.expected}. Sign in there and open the link again. Nothing was changed.`,
        );
      case 'conflict':
        throw new AppError(
          'account_already_linked',
          `This ${PROVIDER_NAMES[provider]} account (${accountId}) is already linked with the ${PROVIDER_NAMES[otherProvider(provider)]} account ${
            (provider === 'zoom' ? plan.with.cloudlinkAccountId : plan.with.zoomAccountId) ?? ''
          }. Nothing was changed.`,
        );
      case 'create':
        connectorId = randomUUID();
        await this.connectors.create(transaction, connectorId, now);
        await this.ciphers.create(connectorId, transaction);
        break;
      case 'use':
        connectorId = plan.connectorId;
        if (plan.discard !== undefined) {
          await this.connectors.discard(transaction, plan.discard);
          this.logger.info({ connectorId: plan.discard, by: connectorId }, 'half set-up connector overtaken');
        }
        break;
      default:
        return assertNever(plan);
    }
    await this.connectors.setAccount(transaction, connectorId, provider, accountId);
    if (provider === 'zoom') await this.connectors.setZoomDeauthorised(transaction, connectorId, null);
    const target = await this.connectors.findById(transaction, connectorId);
    if (target === undefined) throw new Error('a connector vanished inside its own transaction');
    return target;
  }

  private async settleState(transaction: Queryable, connector: LinkCandidate): Promise<ConnectorState> {
    const now = this.clock.now();
    const { connectorId } = connector;
    const without: Provider[] = [];
    for (const provider of PROVIDERS) {
      if ((await this.grants.countActive(connectorId, provider, transaction)) === 0) without.push(provider);
    }
    const state = stateFromGrants({
      bothAccounts: connector.zoomAccountId !== null && connector.cloudlinkAccountId !== null,
      zoomActive: !without.includes('zoom'),
      cloudlinkActive: !without.includes('cloudlink'),
    });
    checkMove(connector.state, state);
    const reasons: string[] = [];
    if (state === 'reauthorization_required') {
      for (const provider of without) {
        reasons.push(
          `${provider}_grant_dead: ${(await this.grants.lastDeadReason(connectorId, provider, transaction)) ?? 'none given'}`,
        );
      }
    }
    const becameActive = state === 'active' && connector.state !== 'active';
    const reason = reasons.length === 0 ? null : reasons.join('; ');
    await this.connectors.setState(transaction, connectorId, state, reason, now, becameActive);
    await this.tellState(transaction, connectorId, connector.state, state, without);
    return state;
  }

  private async tellState(
    transaction: Queryable,
    connectorId: string,
    from: ConnectorState,
    to: ConnectorState,
    without: Provider[],
  ): Promise<void> {
    if (from === to) return;
    if (to === 'reauthorization_required') {
      for (const provider of without) {
        const reason = (await this.grants.lastDeadReason(connectorId, provider, transaction)) ?? 'none_given';
        await this.alerts.raise(
          { connectorId, kind: 'connector.reauthorization_required', provider, reason },
          transaction,
        );
      }
    } else if (to === 'active' && from === 'reauthorization_required') {
      await this.alerts.raise({ connectorId, kind: 'connector.recovered' }, transaction);
    }
    if (to === 'active')
      await this.queue.add(WATCH_CLOUDLINK, { connectorId }, watchCloudlinkJob(connectorId), transaction);
  }
}

const unknownLink = (): AppError =>
  new AppError(
    'link_invalid',
    'The connector that this link was made for does not exist any more, or it was disconnected.',
  );
