import { Injectable } from '@nestjs/common';
import { hashSecret, makeSecret, matchesSecret } from '../../access/secret-hash';
import { unknownConnector } from '../../access/unknown-connector';
import type { Actor } from '../../platform/audit/actor';
import { AuditLog } from '../../platform/audit/audit-log';
import { Clock } from '../../platform/clock/clock';
import { Database } from '../../platform/database/database';
import { AppError } from '../../platform/errors/app-error';

/** The token before stays good for so long: time to change the SBC over. */
export const OVERLAP_MS = 3_600_000;

const PREFIX = 'zccpush';
const FORM = /^zccpush\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/;

export interface NewPushToken {
  /** Shown this once. */
  token: string;
  createdAt: Date;
  /** null: there was none before. */
  previousUntil: Date | null;
}

interface TokenRow {
  token_hash: Buffer;
  previous_hash: Buffer | null;
  previous_until: Date | null;
}

/** The token by which the SBCs of a connector ask for pushes: it names the connector and opens nothing else. */
@Injectable()
export class PushTokens {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Makes the token, or another one in its place. @throws AppError `not_found` */
  async rotate(connectorId: string, by: Actor): Promise<NewPushToken> {
    const secret = makeSecret();
    const now = this.clock.now();
    return this.database.transaction(async (transaction) => {
      const { rows } = await transaction.query<{ previousUntil: Date | null }>(
        `insert into push_tokens (connector_id, token_hash, created_at)
         select connector_id, $2, $3 from connectors where connector_id = $1 and state <> 'disconnected'
         on conflict (connector_id) do update
         set previous_hash = push_tokens.token_hash, previous_until = $4, token_hash = excluded.token_hash, created_at = excluded.created_at
         returning previous_until as "previousUntil"`,
        [connectorId, hashSecret(secret), now, new Date(now.getTime() + OVERLAP_MS)],
      );
      const [row] = rows;
      if (row === undefined) throw unknownConnector();
      const details = { replaced: row.previousUntil !== null };
      await this.audit.record(
        { ...by, connectorId, action: 'push_token.created', subject: connectorId, details },
        transaction,
      );
      return { token: `${PREFIX}.${connectorId}.${secret}`, createdAt: now, previousUntil: row.previousUntil };
    });
  }

  /** Ends it at once, with the one before. Harmless when there is none. @throws AppError `not_found` */
  async revoke(connectorId: string, by: Actor): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const known = await transaction.query('select from connectors where connector_id = $1', [connectorId]);
      if (known.rowCount !== 1) throw unknownConnector();
      const { rowCount } = await transaction.query('delete from push_tokens where connector_id = $1', [connectorId]);
      if (rowCount !== 1) return;
      await this.audit.record({ ...by, connectorId, action: 'push_token.revoked', subject: connectorId }, transaction);
    });
  }

  /** Whose token it is. @throws AppError `unauthenticated`, the same one for all that are wrong */
  async verify(token: string): Promise<string> {
    const [, connectorId, secret] = FORM.exec(token) ?? [];
    if (connectorId === undefined || secret === undefined) throw wrongToken();
    const { rows } = await this.database.query<TokenRow>(
      `select t.token_hash, t.previous_hash, t.previous_until from push_tokens t join connectors c using (connector_id)
       where t.connector_id = $1 and c.state <> 'disconnected'`,
      [connectorId],
    );
    const [row] = rows;
    if (row === undefined) throw wrongToken();
    if (matchesSecret(secret, row.token_hash)) return connectorId;
    const { previous_hash: hash, previous_until: until } = row;
    if (hash !== null && until !== null && until > this.clock.now() && matchesSecret(secret, hash)) return connectorId;
    throw wrongToken();
  }
}

const wrongToken = (): AppError => new AppError('unauthenticated', 'The push token is not valid.');
