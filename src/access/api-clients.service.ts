import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../platform/audit/audit-log';
import { Clock } from '../platform/clock/clock';
import { Database } from '../platform/database/database';
import { AppError } from '../platform/errors/app-error';
import { ApiClientRepository, type ApiClientRow, type LiveClient } from './api-client.repository';
import { checkClientName } from './check-client-name';
import type { Scope } from './principal';
import { hashSecret, makeSecret } from './secret-hash';
import { unknownConnector } from './unknown-connector';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const CLIENT_ID = /^zcc_[0-9a-f]{32}$/;

export interface NewApiClient {
  clientId: string;
  /** Shown this once; only its hash is kept. */
  clientSecret: string;
  connectorId: string;
  scope: string;
}

/** The machine clients that may call our API, each bound to one connector. */
@Injectable()
export class ApiClients {
  constructor(
    private readonly database: Database,
    private readonly repository: ApiClientRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `not_found` for an unknown connector, `invalid_request` without a scope or for a name that is too long */
  async create(connectorId: string, scopes: readonly Scope[], name = '', actor = 'cli'): Promise<NewApiClient> {
    if (!UUID.test(connectorId)) throw unknownConnector();
    if (scopes.length === 0)
      throw new AppError('invalid_request', 'A client needs at least one scope.', {
        fields: [{ field: 'scope', rule: 'must not be empty' }],
      });
    checkClientName(name);
    const clientId = `zcc_${randomBytes(16).toString('hex')}`;
    const clientSecret = makeSecret();
    const scope = scopes.join(' ');
    await this.database.transaction(async (transaction) => {
      const row = await this.repository.insert(transaction, {
        connectorId,
        clientId,
        name,
        scope,
        secretHash: hashSecret(clientSecret),
        now: this.clock.now(),
      });
      if (row === undefined) throw unknownConnector();
      await this.audit.record(
        {
          connectorId,
          actorKind: 'admin',
          actorId: actor,
          action: 'client.created',
          subject: clientId,
          details: { scope, name },
        },
        transaction,
      );
    });
    return { clientId, clientSecret, connectorId, scope };
  }

  /** Oldest first, revoked ones too. @throws AppError `not_found` for an unknown connector */
  async list(connectorId: string): Promise<ApiClientRow[]> {
    if (!UUID.test(connectorId) || !(await this.repository.connectorExists(this.database, connectorId)))
      throw unknownConnector();
    return this.repository.listOf(this.database, connectorId);
  }

  /** Its tokens stop working within CLIENT_STATUS_SECONDS. Harmless when repeated. @throws AppError `not_found` */
  async revoke(clientId: string, actor = 'cli'): Promise<ApiClientRow> {
    if (!CLIENT_ID.test(clientId)) throw new AppError('not_found', 'There is no such client.');
    return this.database.transaction(async (transaction) => {
      const row = await this.repository.revoke(transaction, clientId, this.clock.now());
      if (row === undefined) throw new AppError('not_found', 'There is no such client.');
      await this.audit.record(
        {
          connectorId: row.connectorId,
          actorKind: 'admin',
          actorId: actor,
          action: 'client.revoked',
          subject: clientId,
        },
        transaction,
      );
      return row;
    });
  }

  /** undefined: unknown or revoked. A text that cannot be an id of ours never reaches the database. */
  async findLive(clientId: string): Promise<LiveClient | undefined> {
    return CLIENT_ID.test(clientId) ? this.repository.findLive(this.database, clientId) : undefined;
  }
}
