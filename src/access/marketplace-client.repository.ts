import type { Queryable } from '../platform/database/database';

export interface MarketplaceClientRow {
  clientId: string;
  name: string;
  /** Space-separated. */
  scope: string;
  redirectUris: string[];
  createdAt: Date;
  revokedAt: Date | null;
}

export interface LiveMarketplaceClient extends MarketplaceClientRow {
  secretHash: Buffer;
}

const ROW = `client_id as "clientId", name, scope, redirect_uris as "redirectUris", created_at as "createdAt", revoked_at as "revokedAt"`;

/** Clients of the whole deployment: they stand apart from any connector. */
export class MarketplaceClientRepository {
  async insert(
    via: Queryable,
    client: {
      clientId: string;
      name: string;
      scope: string;
      redirectUris: readonly string[];
      secretHash: Buffer;
      now: Date;
    },
  ): Promise<void> {
    await via.query(
      `insert into marketplace_clients (client_id, name, secret_hash, scope, redirect_uris, created_at) values ($1, $2, $3, $4, $5, $6)`,
      [client.clientId, client.name, client.secretHash, client.scope, client.redirectUris, client.now],
    );
  }

  async list(via: Queryable): Promise<MarketplaceClientRow[]> {
    const { rows } = await via.query<MarketplaceClientRow>(
      `select ${ROW} from marketplace_clients order by created_at, client_id`,
    );
    return rows;
  }

  async findLive(via: Queryable, clientId: string): Promise<LiveMarketplaceClient | undefined> {
    const { rows } = await via.query<LiveMarketplaceClient>({
      name: 'marketplace-client-live',
      text: `select ${ROW}, secret_hash as "secretHash" from marketplace_clients where client_id = $1 and revoked_at is null`,
      values: [clientId],
    });
    return rows[0];
  }

  /** The first revocation counts. */
  async revoke(via: Queryable, clientId: string, now: Date): Promise<MarketplaceClientRow | undefined> {
    const { rows } = await via.query<MarketplaceClientRow>(
      `update marketplace_clients set revoked_at = coalesce(revoked_at, $2) where client_id = $1 returning ${ROW}`,
      [clientId, now],
    );
    return rows[0];
  }
}
