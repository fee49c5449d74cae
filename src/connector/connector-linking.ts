import { randomUUID } from 'node:crypto';
import {
  AuthorisationListener,
  type Authorisation,
  type LinkResult,
  type OtherSide,
} from '../oauth/authorisation-listener';
import type { GrantStore } from '../oauth/grant.store';
import { PROVIDER_NAMES, otherProvider, type Provider } from '../oauth/provider';
import type { AuditLog } from '../platform/audit/audit-log';
import type { Clock } from '../platform/clock/clock';
import type { ConnectorCiphers } from '../platform/crypto/connector-cipher';
import type { Database, Queryable } from '../platform/database/database';
import { retryOnDeadlock } from '../platform/database/retry-on-deadlock';
import { AppError } from '../platform/errors/app-error';
import { assertNever } from '../platform/errors/assert-never';
import type { Logger } from '../platform/logging/logger';
import type { ConnectorRepository } from './connector.repository';
import type { ConnectorState } from './connector-state';
import type { GrantSuccession } from './grant-succession';
import { planLink, type LinkCandidate } from './plan-link';
import type { StateSettling } from './state-settling';

/** Grants come and go; the connector follows. Everything about one authorisation happens in one transaction. */
export class ConnectorLinking extends AuthorisationListener {
  constructor(
    private readonly database: Database,
    private readonly connectors: ConnectorRepository,
    private readonly grants: GrantStore,
    private readonly ciphers: ConnectorCiphers,
    private readonly succession: GrantSuccession,
    private readonly settling: StateSettling,
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

  override async otherSideOf(connectorId: string, provider: Provider): Promise<OtherSide | undefined> {
    const accounts = await this.connectors.accountsOf(this.database, connectorId);
    const other = otherProvider(provider);
    const accountId = accounts?.[other] ?? null;
    if (accountId === null || accounts?.[provider] !== null) return undefined;
    const grants = await this.grants.list(connectorId);
    const active = grants.find((grant) => grant.provider === other && grant.state === 'active');
    return { provider: other, accountId, admin: active?.subjectEmail ?? '' };
  }

  /**
   * A grant of this connector may be dying at this moment, in a transaction that locks the two tables the other way
   * round. PostgreSQL then ends one of both; the code that the admin brought must not be lost by that.
   */
  private linkOrRetry(authorisation: Authorisation): Promise<LinkResult & { state: ConnectorState }> {
    return retryOnDeadlock(() => this.database.transaction((transaction) => this.link(transaction, authorisation)));
  }

  private async link(
    transaction: Queryable,
    { grant, tokens, browser, connectorId, toConsole, requestId, address }: Authorisation,
  ): Promise<LinkResult & { state: ConnectorState }> {
    const now = this.clock.now();
    await this.connectors.lockAccount(transaction, grant.provider, grant.accountId);
    const owner = await this.connectors.findByAccount(transaction, grant.provider, grant.accountId);
    const session =
      connectorId !== undefined
        ? await this.connectors.findById(transaction, connectorId)
        : // Whoever signs in means their own account, though this browser may have begun to set up another one.
          toConsole
          ? undefined
          : await this.connectors.findBySession(transaction, browser, now);
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
    await this.succession.relieve(transaction, target.connectorId, grant.provider);
    const active = await this.grants.findActive(target.connectorId, grant.provider, transaction);
    const state = await this.settling.settle(transaction, target);
    // Signing in is about the admin's own account: what this browser is setting up stays as it was.
    if (!toConsole) {
      if (state === 'pending') await this.connectors.keepSession(transaction, browser, target.connectorId, now);
      else await this.connectors.endSession(transaction, browser);
    }
    const other = otherProvider(grant.provider);
    const otherActive = (await this.grants.countActive(target.connectorId, other, transaction)) > 0;
    return {
      connectorId: target.connectorId,
      grantId: kept.grantId,
      missing: otherActive ? undefined : other,
      standby: active?.grantId !== kept.grantId,
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
          await this.connectors.discard(transaction, plan.discard, connectorId);
          this.logger.info({ connectorId: plan.discard, by: connectorId }, 'half set-up connector overtaken');
        }
        break;
      default:
        return assertNever(plan);
    }
    await this.connectors.setAccount(transaction, connectorId, provider, accountId);
    if (provider === 'zoom') {
      await this.connectors.setZoomDeauthorised(transaction, connectorId, null);
      await this.connectors.requestZoomPhone(transaction, connectorId);
    }
    const target = await this.connectors.findById(transaction, connectorId);
    if (target === undefined) throw new Error('a connector vanished inside its own transaction');
    return target;
  }
}

const unknownLink = (): AppError =>
  new AppError(
    'link_invalid',
    'The connector that this link was made for does not exist any more, or it was disconnected.',
  );
