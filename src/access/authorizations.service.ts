import { Injectable } from '@nestjs/common';
import type { Actor } from '../platform/audit/actor';
import { AuditLog } from '../platform/audit/audit-log';
import { Clock } from '../platform/clock/clock';
import { Database, type Queryable } from '../platform/database/database';
import { AppError } from '../platform/errors/app-error';
import {
  AuthorizationRepository,
  type EndedAuthorization,
  type EndReason,
  type NewAuthorization,
} from './authorization.repository';

const IDLE_BATCH = 500;
const SERVER: Actor = { actorKind: 'system', actorId: 'authorization-server' };

/** What admins have allowed marketplace clients. Each begin and end is one transaction with its audit. */
@Injectable()
export class Authorizations {
  constructor(
    private readonly database: Database,
    private readonly repository: AuthorizationRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `authorization_expired` when the connector or the client is gone since the admin has signed in */
  async begin(authorization: NewAuthorization, actor: Actor): Promise<void> {
    await this.database.transaction(async (transaction) => {
      if (!(await this.repository.insert(transaction, authorization, this.clock.now())))
        throw new AppError(
          'authorization_expired',
          'Since you have signed in, this account was disconnected or connected by somebody else, or whoever asks was locked out.',
        );
      await this.audit.record(
        {
          ...actor,
          connectorId: authorization.connectorId,
          action: 'authorization.granted',
          subject: authorization.authorizationId,
          details: {
            clientId: authorization.clientId,
            scope: authorization.scope,
            accountId: authorization.accountId,
            email: authorization.subjectEmail,
          },
        },
        transaction,
      );
    });
  }

  connectorOf(authorizationId: string): Promise<string | undefined> {
    return this.repository.connectorOf(this.database, authorizationId);
  }

  /** All codes and tokens of it are dead. Harmless when repeated. @returns whether this call has ended it */
  async end(authorizationId: string, reason: EndReason): Promise<boolean> {
    const ended = await this.database.transaction(async (transaction) =>
      this.record(
        transaction,
        await this.repository.end(transaction, { authorizationId }, reason, this.clock.now()),
        reason,
        ({ clientId }) => ({ actorKind: 'client', actorId: clientId }),
      ),
    );
    return ended > 0;
  }

  /** In the transaction that disconnects the connector. */
  async endAllOfConnector(connectorId: string, actor: Actor, via: Queryable): Promise<void> {
    const ended = await this.repository.end(via, { connectorId }, 'disconnected', this.clock.now());
    await this.record(via, ended, 'disconnected', () => actor);
  }

  async endAllOfClient(clientId: string, actor: Actor, via: Queryable): Promise<void> {
    const ended = await this.repository.end(via, { clientId }, 'client_revoked', this.clock.now());
    await this.record(via, ended, 'client_revoked', () => actor);
  }

  /** @returns how many */
  endIdle(): Promise<number> {
    return this.database.transaction(async (transaction) =>
      this.record(
        transaction,
        await this.repository.endIdle(transaction, this.clock.now(), IDLE_BATCH),
        'expired',
        () => SERVER,
      ),
    );
  }

  private async record(
    via: Queryable,
    ended: readonly EndedAuthorization[],
    reason: EndReason,
    by: (one: EndedAuthorization) => Actor,
  ): Promise<number> {
    for (const one of ended) {
      await this.audit.record(
        {
          ...by(one),
          connectorId: one.connectorId,
          action: 'authorization.ended',
          subject: one.authorizationId,
          details: { clientId: one.clientId, reason },
        },
        via,
      );
    }
    return ended.length;
  }
}
