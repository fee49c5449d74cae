import { randomUUID } from 'node:crypto';
import { AuthorisationListener, type Authorisation, type LinkResult } from '../oauth/authorisation-listener';
import type { GrantStore } from '../oauth/grant.store';
import { PROVIDERS, PROVIDER_NAMES, otherProvider, type Provider } from '../oauth/provider';
import type { AuditLog } from '../platform/audit/audit-log';
import type { Clock } from '../platform/clock/clock';
import type { ConnectorCiphers } from '../platform/crypto/connector-cipher';
import type { Database, Queryable } from '../platform/database/database';
import { AppError } from '../platform/errors/app-error';
import { assertNever } from '../platform/errors/assert-never';
import type { Logger } from '../platform/logging/logger';
import type { ConnectorRepository } from './connector.repository';
import { checkMove, stateFromGrants, type ConnectorState } from './connector-state';
import { planLink, type LinkCandidate } from './plan-link';

/** SQLSTATE deadlock_detected. */
const DEADLOCK_DETECTED = '40P01';
const LINK_ATTEMPTS = 3;

/** Grants come and go; the connector follows. Everything about one authorisation happens in one transaction. */
export class ConnectorLinking extends AuthorisationListener {
  constructor(
    private readonly database: Database,
    private readonly connectors: ConnectorRepository,
    private readonly grants: GrantStore,
    private readonly ciphers: ConnectorCiphers,
    private readonly audit: AuditLog,
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
  private async linkOrRetry(authorisation: Authorisation): Promise<LinkResult & { state: ConnectorState }> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.database.transaction((transaction) => this.link(transaction, authorisation));
      } catch (error) {
        if ((error as { code?: unknown }).code !== DEADLOCK_DETECTED || attempt >= LINK_ATTEMPTS) throw error;
      }
    }
  }

  override async grantDied(
    transaction: Queryable,
    died: { connectorId: string; provider: Provider; grantId: string; reason: string },
  ): Promise<boolean> {
    const connector = await this.connectors.findById(transaction, died.connectorId);
    if (connector === undefined) return false;
    await this.audit.record(
      {
        connectorId: died.connectorId,
        actorKind: 'system',
        actorId: 'grant-vault',
        action: 'grant.died',
        subject: died.grantId,
        details: { provider: died.provider, reason: died.reason },
      },
      transaction,
    );
    const successor = await this.grants.promoteStandby(died.connectorId, died.provider, this.clock.now(), transaction);
    if (successor !== undefined) {
      await this.audit.record(
        {
          connectorId: died.connectorId,
          actorKind: 'system',
          actorId: 'grant-vault',
          action: 'grant.switched',
          subject: successor,
          details: { provider: died.provider, from: died.grantId },
        },
        transaction,
      );
    }
    await this.settleState(transaction, connector);
    return successor !== undefined;
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
    const target = await this.prepareTarget(transaction, grant.provider, grant.accountId, owner, session, now);
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
    now: Date,
  ): Promise<LinkCandidate> {
    const plan = planLink(provider === 'zoom' ? 'zoomAccountId' : 'cloudlinkAccountId', accountId, owner, session);
    let connectorId: string;
    switch (plan.kind) {
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
    return state;
  }
}
