import type { Queryable } from '../platform/database/database';

/** Why an authorization is over. */
export type EndReason =
  'revoked' | 'code_replayed' | 'refresh_token_reused' | 'disconnected' | 'client_revoked' | 'expired';

export interface NewAuthorization {
  connectorId: string;
  authorizationId: string;
  clientId: string;
  scope: string;
  /** The CloudLink account, and who of it has pressed the button. */
  accountId: string;
  subjectId: string;
  subjectEmail: string;
}

export interface EndedAuthorization {
  connectorId: string;
  authorizationId: string;
  clientId: string;
}

const ENDED = `connector_id as "connectorId", authorization_id as "authorizationId", client_id as "clientId"`;

/** Which authorizations end together. */
export type EndScope = { authorizationId: string } | { connectorId: string } | { clientId: string };

export class AuthorizationRepository {
  /** @returns false: the connector is gone or disconnected, or the client revoked; neither can become so before the commit */
  async insert(via: Queryable, authorization: NewAuthorization, now: Date): Promise<boolean> {
    const { connectorId, authorizationId, clientId, scope, accountId, subjectId, subjectEmail } = authorization;
    const { rowCount } = await via.query(
      `insert into authorizations (connector_id, authorization_id, client_id, scope, account_id, subject_id, subject_email, created_at)
       select c.connector_id, $2, m.client_id, $4, $5, $6, $7, $8 from connectors c, marketplace_clients m
       where c.connector_id = $1 and c.state <> 'disconnected' and m.client_id = $3 and m.revoked_at is null for share`,
      [connectorId, authorizationId, clientId, scope, accountId, subjectId, subjectEmail, now],
    );
    return rowCount === 1;
  }

  /** The connector of a live authorization. */
  async connectorOf(via: Queryable, authorizationId: string): Promise<string | undefined> {
    const { rows } = await via.query<{ connectorId: string }>({
      name: 'authorization-connector',
      text: `select a.connector_id as "connectorId" from authorizations a join connectors c using (connector_id)
             where a.authorization_id = $1 and a.ended_at is null and c.state <> 'disconnected'`,
      values: [authorizationId],
    });
    return rows[0]?.connectorId;
  }

  /** Its codes and refresh tokens go with it. Those that are over already stay as they are. */
  async end(via: Queryable, scope: EndScope, reason: EndReason, now: Date): Promise<EndedAuthorization[]> {
    const [column, id] =
      'authorizationId' in scope
        ? ['authorization_id', scope.authorizationId]
        : 'connectorId' in scope
          ? ['connector_id', scope.connectorId]
          : ['client_id', scope.clientId];
    const { rows } = await via.query<EndedAuthorization>(
      `update authorizations set ended_at = $2, end_reason = $3 where ${column} = $1 and ended_at is null returning ${ENDED}`,
      [id, now, reason],
    );
    await this.deleteArtifacts(via, rows);
    return rows;
  }

  /**
   * Those whose last refresh token has expired unused, and those whose code was never fetched. One that was spent lately
   * may be followed by the next at this moment: both are two transactions.
   */
  async endIdle(via: Queryable, now: Date, limit: number): Promise<EndedAuthorization[]> {
    const { rows } = await via.query<EndedAuthorization>(
      `update authorizations set ended_at = $1, end_reason = 'expired' where authorization_id in
         (select authorization_id from authorizations a
          where ended_at is null and created_at < $1::timestamptz - interval '1 hour' and not exists
            (select from oauth_artifacts f where f.authorization_id = a.authorization_id
               and (f.consumed_at is null or f.consumed_at > $1::timestamptz - interval '1 hour')
               and f.model in ('AuthorizationCode', 'RefreshToken') and f.expires_at > $1)
          order by authorization_id limit $2 for update skip locked)
       returning ${ENDED}`,
      [now, limit],
    );
    await this.deleteArtifacts(via, rows);
    return rows;
  }

  private async deleteArtifacts(via: Queryable, ended: readonly EndedAuthorization[]): Promise<void> {
    if (ended.length === 0) return;
    await via.query('delete from oauth_artifacts where authorization_id = any($1)', [
      ended.map(({ authorizationId }) => authorizationId),
    ]);
  }
}
