import type { CloudLinkApi } from '../cloudlink/cloudlink-api';
import type { ServiceClientsClient } from '../cloudlink/service-clients.client';
import type { CloudLinkTokenEndpoint } from '../oauth/cloudlink-token.endpoint';
import type { ServiceClientSecret } from '../oauth/grant';
import type { GrantStore } from '../oauth/grant.store';
import type { GrantVault } from '../oauth/grant-vault';
import { missingRole } from '../oauth/required-roles';
import type { TokenSet } from '../oauth/token-endpoint';
import type { AuditLog } from '../platform/audit/audit-log';
import type { Clock } from '../platform/clock/clock';
import type { ConnectorCiphers } from '../platform/crypto/connector-cipher';
import type { Database, Queryable } from '../platform/database/database';
import { retryOnDeadlock } from '../platform/database/retry-on-deadlock';
import { AppError } from '../platform/errors/app-error';
import type { Logger } from '../platform/logging/logger';
import type { AsGrant } from '../platform/remote/as-grant';
import type { Actor } from '../platform/audit/actor';
import type { ConnectorRepository } from './connector.repository';
import { reasonOf } from '../platform/errors/reason-of';

const TIMEOUT_MS = 60_000;

export interface ServiceClient {
  grantId: string;
  clientId: string;
}

/**
 * Puts a service client of the CloudLink account in the place of an admin: nobody's departure touches it. The admin's
 * own grant stays as a standby.
 */
export class ServiceClients {
  constructor(
    private readonly database: Database,
    private readonly connectors: ConnectorRepository,
    private readonly grants: GrantStore,
    private readonly vault: GrantVault,
    private readonly endpoint: CloudLinkTokenEndpoint,
    private readonly clients: ServiceClientsClient,
    private readonly cloudlink: CloudLinkApi,
    private readonly ciphers: ConnectorCiphers,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /**
   * Makes a service client and works with it from now on. When there is one already, this rotates it: the new one
   * works before the old one ends.
   * @throws AppError `not_found`, `reauthorization_required`, `provider_rejected` where CloudLink does not allow it
   */
  async switchOn(connectorId: string, actor: Actor): Promise<ServiceClient> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const { accountId, tokens: asAdmin } = await this.vault.active(connectorId, 'cloudlink');
    const accountNumber = await this.clients.accountNumber(asAdmin, accountId, signal);
    const made = await this.clients.create(asAdmin, accountId, signal);
    try {
      const secret: ServiceClientSecret = { ...made, accountNumber };
      const { tokens, role } = await this.tryOut(secret, accountId, signal);
      const kept = await retryOnDeadlock(() =>
        this.database.transaction((transaction) =>
          this.keep(transaction, connectorId, accountId, secret, tokens, role, actor),
        ),
      );
      await this.deleteAtCloudLink(asAdmin, accountId, kept.replaced);
      return { grantId: kept.grantId, clientId: made.clientId };
    } catch (error) {
      await this.deleteAtCloudLink(asAdmin, accountId, [made.clientId]);
      throw error;
    }
  }

  /** Back to an admin's grant. @throws AppError `not_found` without a service client, `conflict` without a healthy standby */
  async switchOff(connectorId: string, actor: Actor): Promise<void> {
    const { accountId, removed } = await retryOnDeadlock(() =>
      this.database.transaction((transaction) => this.drop(transaction, connectorId, actor)),
    );
    const { tokens } = await this.vault.active(connectorId, 'cloudlink');
    await this.deleteAtCloudLink(tokens, accountId, removed);
  }

  private async drop(
    transaction: Queryable,
    connectorId: string,
    actor: Actor,
  ): Promise<{ accountId: string; removed: string[] }> {
    await this.lock(transaction, connectorId);
    const old = await this.grants.listServiceClients(connectorId, transaction);
    const [first] = old;
    if (first === undefined) throw new AppError('not_found', 'This connector does not use a service client.');
    const now = this.clock.now();
    for (const { grantId } of old)
      await this.grants.markDead(connectorId, grantId, 'service_client_removed', now, transaction);
    const active =
      (await this.grants.findActive(connectorId, 'cloudlink', transaction))?.grantId ??
      (await this.grants.promoteStandby(connectorId, 'cloudlink', now, transaction));
    if (active === undefined) {
      throw new AppError(
        'conflict',
        'No admin’s authorisation at CloudLink could take over: let an admin authorise CloudLink first.',
      );
    }
    const removed = old.map(({ subjectId }) => subjectId);
    await this.audit.record(
      { ...actor, connectorId, action: 'service_client.removed', subject: first.grantId, details: { to: active } },
      transaction,
    );
    return { accountId: first.accountId, removed };
  }

  /** What a sync needs, before anybody relies on it. */
  private async tryOut(
    secret: ServiceClientSecret,
    accountId: string,
    signal: AbortSignal,
  ): Promise<{ tokens: TokenSet; role: string }> {
    const outcome = await this.endpoint.clientCredentials(secret, signal);
    if (outcome.kind === 'dead') {
      throw new AppError(
        'provider_rejected',
        'CloudLink does not let the service client sign in that it has just made.',
      );
    }
    const { tokens } = outcome;
    const asClient: AsGrant = { accountId, accessToken: async () => tokens.accessToken };
    const { role } = await this.cloudlink.whoAmI(asClient, signal);
    const missing = missingRole('cloudlink', [role]);
    if (missing !== undefined) throw new AppError('missing_role', `The service client lacks ${missing}.`);
    await this.cloudlink.listPsiUsers(asClient, accountId, undefined, signal);
    return { tokens, role };
  }

  private async keep(
    transaction: Queryable,
    connectorId: string,
    accountId: string,
    secret: ServiceClientSecret,
    tokens: TokenSet,
    role: string,
    actor: Actor,
  ): Promise<{ grantId: string; replaced: string[] }> {
    await this.lock(transaction, connectorId);
    const now = this.clock.now();
    const old = await this.grants.listServiceClients(connectorId, transaction);
    for (const { grantId } of old)
      await this.grants.markDead(connectorId, grantId, 'service_client_rotated', now, transaction);
    await this.grants.demoteActive(connectorId, 'cloudlink', now, transaction);
    const cipher = await this.ciphers.for(connectorId, transaction);
    const subject = { subjectId: secret.clientId, subjectEmail: '', subjectRole: role };
    const grant = { provider: 'cloudlink' as const, accountId, ...subject };
    const { grantId } = await this.grants.keep(connectorId, grant, tokens, cipher, now, transaction, secret);
    const action = old.length === 0 ? 'service_client.added' : 'service_client.rotated';
    await this.audit.record(
      { ...actor, connectorId, action, subject: grantId, details: { clientId: secret.clientId } },
      transaction,
    );
    this.logger.info({ connectorId, grantId }, 'CloudLink is used through a service client');
    return { grantId, replaced: old.map(({ subjectId }) => subjectId) };
  }

  private async lock(transaction: Queryable, connectorId: string): Promise<void> {
    const connector = await this.connectors.findById(transaction, connectorId);
    if (connector === undefined) throw new AppError('not_found', 'There is no such connector.');
    if (connector.state === 'disconnected')
      throw new AppError('connector_not_active', 'The connector is disconnected.');
  }

  /** How a client is deleted is not documented, and nothing of ours depends on it: its secret is forgotten anyway. */
  private async deleteAtCloudLink(asGrant: AsGrant, accountId: string, clientIds: string[]): Promise<void> {
    for (const clientId of clientIds) {
      await this.clients
        .delete(asGrant, accountId, clientId, AbortSignal.timeout(TIMEOUT_MS))
        .catch((error: unknown) => {
          const reason = reasonOf(error);
          this.logger.warn({ clientId, reason }, 'a service client that is not used any more remains at CloudLink');
        });
    }
  }
}
