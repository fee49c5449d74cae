import type { Queryable } from '../platform/database/database';

export interface ApiClientRow {
  clientId: string;
  connectorId: string;
  name: string;
  /** Space-separated, as in RFC 6749 section 3.3. */
  scope: string;
  createdAt: Date;
  revokedAt: Date | null;
}

/** What the token endpoint needs to know of a client. */
export interface LiveClient {
  connectorId: string;
  scope: string;
  secretHash: Buffer;
}

const ROW = `client_id as "clientId", connector_id as "connectorId", name, scope, created_at as "createdAt", revoked_at as "revokedAt"`;

export class ApiClientRepository {
  /** Does nothing when the connector does not exist: returns undefined. */
  async insert(
    via: Queryable,
    client: { connectorId: string; clientId: string; name: string; scope: string; secretHash: Buffer; now: Date },
  ): Promise<ApiClientRow | undefined> {
    const { rows } = await via.query<ApiClientRow>(
      `insert into api_clients (connector_id, client_id, name, secret_hash, scope, created_at)
       select connector_id, $2, $3, $4, $5, $6 from connectors where connector_id = $1
       returning ${ROW}`,
      [client.connectorId, client.clientId, client.name, client.secretHash, client.scope, client.now],
    );
    return rows[0];
  }

  async connectorExists(via: Queryable, connectorId: string): Promise<boolean> {
    const { rowCount } = await via.query('select 1 from connectors where connector_id = $1', [connectorId]);
    return rowCount === 1;
  }

  async listOf(via: Queryable, connectorId: string): Promise<ApiClientRow[]> {
    const { rows } = await via.query<ApiClientRow>(
      `select ${ROW} from api_clients where connector_id = $1 order by created_at, client_id`,
      [connectorId],
    );
    return rows;
  }

  async findLive(via: Queryable, clientId: string): Promise<LiveClient | undefined> {
    const { rows } = await via.query<LiveClient>({
      name: 'api-client-live',
      text: `select connector_id as "connectorId", scope, secret_hash as "secretHash" from api_clients where client_id = $1 and revoked_at is null`,
      values: [clientId],
    });
    return rows[0];
  }

  /** The first revocation counts: a second one changes nothing. */
  async revoke(via: Queryable, clientId: string, now: Date): Promise<ApiClientRow | undefined> {
    const { rows } = await via.query<ApiClientRow>(
      `update api_clients set revoked_at = coalesce(revoked_at, $2) where client_id = $1 returning ${ROW}`,
      [clientId, now],
    );
    return rows[0];
  }
}
