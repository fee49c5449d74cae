import type { Queryable } from '../platform/database/database';

/** What decides whether the tokens of a caller still count. */
export interface Standing {
  /** The connector that it may reach. */
  connectorId: string;
  /** `jti` of the tokens that were revoked one by one. */
  revokedTokens: readonly string[];
}

const REVOKED = (connector: string, now: string): string =>
  `array(select r.jti from revoked_tokens r where r.connector_id = ${connector} and r.expires_at > ${now}) as "revokedTokens"`;

export class ClientStatusRepository {
  /** A machine client, which is bound to one connector. */
  async ofMachine(via: Queryable, clientId: string, now: Date): Promise<Standing | undefined> {
    const { rows } = await via.query<Standing>({
      name: 'client-standing-machine',
      text: `select c.connector_id as "connectorId", ${REVOKED('c.connector_id', '$2')}
             from api_clients c where c.client_id = $1 and c.revoked_at is null`,
      values: [clientId, now],
    });
    return rows[0];
  }

  /** A marketplace client, by what an admin has allowed it. */
  async ofAuthorization(
    via: Queryable,
    clientId: string,
    authorizationId: string,
    now: Date,
  ): Promise<Standing | undefined> {
    const { rows } = await via.query<Standing>({
      name: 'client-standing-authorization',
      text: `select a.connector_id as "connectorId", ${REVOKED('a.connector_id', '$3')}
             from authorizations a join marketplace_clients m using (client_id) join connectors c using (connector_id)
             where a.authorization_id = $2 and a.client_id = $1 and a.ended_at is null and m.revoked_at is null
               and c.state <> 'disconnected'`,
      values: [clientId, authorizationId, now],
    });
    return rows[0];
  }

  async revokeToken(via: Queryable, connectorId: string, jti: string, expiresAt: Date): Promise<void> {
    await via.query(
      `insert into revoked_tokens (connector_id, jti, expires_at) values ($1, $2, $3) on conflict do nothing`,
      [connectorId, jti, expiresAt],
    );
  }

  /** Their tokens have expired by themselves. */
  async forgetExpired(via: Queryable, before: Date): Promise<void> {
    await via.query('delete from revoked_tokens where expires_at < $1', [before]);
  }
}
