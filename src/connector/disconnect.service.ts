import type { Authorizations } from '../access/authorizations.service';
import type { Alerts } from '../alerts/alerts';
import type { GrantStore } from '../oauth/grant.store';
import { GrantReplaced } from '../oauth/grant-replaced';
import type { GrantVault } from '../oauth/grant-vault';
import type { ZoomTokenEndpoint } from '../oauth/zoom-token.endpoint';
import type { AuditLog } from '../platform/audit/audit-log';
import type { Clock } from '../platform/clock/clock';
import type { ConnectorCiphers } from '../platform/crypto/connector-cipher';
import type { Database, Queryable } from '../platform/database/database';
import { retryOnDeadlock } from '../platform/database/retry-on-deadlock';
import { AppError } from '../platform/errors/app-error';
import type { Logger } from '../platform/logging/logger';
import type { Queue } from '../platform/queue/queue';
import type { Actor } from '../platform/audit/actor';
import type { CloudLinkTidying } from './cloudlink-tidying';
import { FINISH_DISCONNECT, finishDisconnectJob } from './connector-jobs';
import type { ConnectorRepository } from './connector.repository';
import { checkMove } from './connector-state';
import { reasonOf } from '../platform/errors/reason-of';

const REVOKE_TIMEOUT_MS = 30_000;
const FIRST_RETRY_SECONDS = 5;

export type DisconnectReason = 'disconnected_by_admin' | 'grace_period_over';

/**
 * Ends a connector in two steps. First what people see, in one transaction: it is disconnected, both accounts are free
 * for another link, users and their credentials are gone, and so is
 * what admins have allowed Zoom's cloud. Then Zoom is asked to revoke, which uninstalls the app, and
 * the data key is destroyed, and with it every secret that may still lie in a dead row or a copy of the tables.
 * The audit stays.
 */
export class Disconnecting {
  constructor(
    private readonly database: Database,
    private readonly connectors: ConnectorRepository,
    private readonly grants: GrantStore,
    private readonly vault: GrantVault,
    private readonly zoom: ZoomTokenEndpoint,
    private readonly cloudlink: CloudLinkTidying,
    private readonly ciphers: ConnectorCiphers,
    private readonly alerts: Alerts,
    private readonly authorizations: Authorizations,
    private readonly audit: AuditLog,
    private readonly queue: Queue,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Harmless when it is done twice. @returns whether everything is destroyed already @throws AppError `not_found` */
  async disconnect(connectorId: string, reason: DisconnectReason, actor: Actor): Promise<boolean> {
    // A page of a running sync may be waiting for what this holds, and the other way round.
    await retryOnDeadlock(() =>
      this.database.transaction((transaction) => this.begin(transaction, connectorId, reason, actor)),
    );
    try {
      await this.finish(connectorId, false);
      return true;
    } catch (error) {
      // The job that was enqueued above goes on with it.
      this.logger.warn({ connectorId, reason: reasonOf(error) }, 'disconnecting is not finished yet');
      return false;
    }
  }

  /**
   * @param isLastAttempt destroy without Zoom's word
   * @throws AppError when Zoom cannot be asked now
   */
  async finish(connectorId: string, isLastAttempt: boolean): Promise<void> {
    const live = (await this.grants.list(connectorId)).filter(({ state }) => state !== 'dead');
    let revoked = 0;
    for (const { grantId, provider } of live) {
      if (provider !== 'zoom') continue;
      try {
        if (await this.revoke(connectorId, grantId)) revoked += 1;
      } catch (error) {
        if (!isLastAttempt) throw error;
        this.logger.error(
          { connectorId, grantId, reason: reasonOf(error) },
          'Zoom could not be told: remove the app by hand at https://marketplace.zoom.us/user/installed',
        );
      }
    }
    await this.cloudlink.tidy(connectorId, live);
    await this.database.transaction((transaction) => this.destroy(transaction, connectorId, revoked));
    this.ciphers.forget(connectorId);
  }

  private async begin(
    transaction: Queryable,
    connectorId: string,
    reason: DisconnectReason,
    actor: Actor,
  ): Promise<void> {
    const connector = await this.connectors.findById(transaction, connectorId);
    if (connector === undefined) throw new AppError('not_found', 'There is no such connector.');
    const job = { ...finishDisconnectJob(connectorId), runAfterSeconds: FIRST_RETRY_SECONDS };
    await this.queue.add(FINISH_DISCONNECT, { connectorId }, job, transaction);
    if (connector.state === 'disconnected') return;
    checkMove(connector.state, 'disconnected');
    const { zoomAccountId, cloudlinkAccountId } = connector;
    await this.connectors.setState(transaction, connectorId, 'disconnected', reason, this.clock.now(), false);
    await this.connectors.releaseAccounts(transaction, connectorId);
    await this.authorizations.endAllOfConnector(connectorId, actor, transaction);
    const users = await this.connectors.deleteUsers(transaction, connectorId);
    const details = { reason, zoomAccountId, cloudlinkAccountId, users };
    await this.audit.record({ ...actor, connectorId, action: 'connector.disconnected', details }, transaction);
    await this.alerts.raise({ connectorId, kind: 'connector.disconnected', reason, details }, transaction);
    this.logger.info({ connectorId, reason, users }, 'connector is disconnected');
  }

  private async revoke(connectorId: string, grantId: string): Promise<boolean> {
    let token: string;
    try {
      token = await this.vault.accessToken(connectorId, grantId);
    } catch (error) {
      const isDead =
        error instanceof GrantReplaced || (error instanceof AppError && error.code === 'reauthorization_required');
      if (isDead) return false;
      throw error;
    }
    await this.zoom.revoke(token, AbortSignal.timeout(REVOKE_TIMEOUT_MS));
    return true;
  }

  private async destroy(transaction: Queryable, connectorId: string, revoked: number): Promise<void> {
    const connector = await this.connectors.findById(transaction, connectorId);
    if (connector?.state !== 'disconnected') return;
    await this.grants.markAllDead(connectorId, 'disconnected', this.clock.now(), transaction);
    if (!(await this.ciphers.destroy(connectorId, transaction))) return;
    await this.audit.record(
      {
        connectorId,
        actorKind: 'system',
        actorId: 'disconnecting',
        action: 'connector.shredded',
        details: { zoomGrantsRevoked: revoked },
      },
      transaction,
    );
    this.logger.info({ connectorId, revoked }, 'the connector’s key is destroyed');
  }
}
