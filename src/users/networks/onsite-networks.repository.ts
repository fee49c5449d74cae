import type { PoolClient } from 'pg';
import type { Queryable } from '../../platform/database/database';

export interface OnsiteNetworkRow {
  /** Canonical, such as `10.20.0.0/16`. */
  cidr: string;
  /** '' counts for every site. */
  site: string;
}

export class OnsiteNetworksRepository {
  /** Whoever changes the networks of one connector waits for the one before. False: there is no such connector. */
  async lock(connectorId: string, via: PoolClient): Promise<boolean> {
    const { rowCount } = await via.query('select from connectors where connector_id = $1 for no key update', [
      connectorId,
    ]);
    return rowCount === 1;
  }

  /** undefined: there is no such connector. */
  async list(connectorId: string, via: Queryable): Promise<OnsiteNetworkRow[] | undefined> {
    const { rows } = await via.query<OnsiteNetworkRow | { cidr: null }>(
      `select o.network as cidr, o.site from connectors c left join onsite_networks o using (connector_id)
       where c.connector_id = $1 order by o.site, o.network`,
      [connectorId],
    );
    return rows.length === 0 ? undefined : rows.flatMap((row) => (row.cidr === null ? [] : [row]));
  }

  async add(connectorId: string, networks: readonly OnsiteNetworkRow[], via: Queryable): Promise<void> {
    await via.query(
      `insert into onsite_networks (connector_id, network, site) select $1, n.network, n.site
       from unnest($2::cidr[], $3::text[]) as n (network, site)`,
      [connectorId, ...columnsOf(networks)],
    );
  }

  async drop(connectorId: string, networks: readonly OnsiteNetworkRow[], via: Queryable): Promise<void> {
    await via.query(
      `delete from onsite_networks o using unnest($2::cidr[], $3::text[]) as n (network, site)
       where o.connector_id = $1 and o.network = n.network and o.site = n.site`,
      [connectorId, ...columnsOf(networks)],
    );
  }
}

const columnsOf = (networks: readonly OnsiteNetworkRow[]): [string[], string[]] => [
  networks.map(({ cidr }) => cidr),
  networks.map(({ site }) => site),
];
