import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { unknownConnector } from '../../access/unknown-connector';
import type { Actor } from '../../platform/audit/actor';
import { AuditLog } from '../../platform/audit/audit-log';
import { Database } from '../../platform/database/database';
import { invalidRequest } from '../../platform/http/validation';
import { checkNetworks, keyOf, MAX_NETWORKS, type NewNetwork } from './check-networks';
import { OnsiteNetworksRepository, type OnsiteNetworkRow } from './onsite-networks.repository';

/** From which networks the desktop apps of a connector reach its PBX directly. */
@Injectable()
export class OnsiteNetworks {
  constructor(
    private readonly database: Database,
    private readonly networks: OnsiteNetworksRepository,
    private readonly audit: AuditLog,
  ) {}

  /** By site, then by network. @throws AppError `not_found` */
  async list(connectorId: string): Promise<OnsiteNetworkRow[]> {
    return this.read(connectorId, this.database);
  }

  /** @throws AppError `not_found`, `invalid_request` */
  async replace(connectorId: string, networks: readonly NewNetwork[], by: Actor): Promise<OnsiteNetworkRow[]> {
    const wanted = checkNetworks(networks, 'items');
    return this.change(connectorId, by, () => wanted);
  }

  /** Adding what is there, or removing what is not, is no change. @throws AppError `not_found`, `invalid_request` */
  async edit(
    connectorId: string,
    edits: { add: readonly NewNetwork[]; remove: readonly NewNetwork[] },
    by: Actor,
  ): Promise<OnsiteNetworkRow[]> {
    const [added, removed] = [checkNetworks(edits.add, 'add'), checkNetworks(edits.remove, 'remove')];
    return this.change(connectorId, by, (present) => [...without(present, [...removed, ...added]), ...added]);
  }

  private async change(
    connectorId: string,
    by: Actor,
    decide: (present: OnsiteNetworkRow[]) => OnsiteNetworkRow[],
  ): Promise<OnsiteNetworkRow[]> {
    return this.database.transaction(async (transaction) => {
      if (!(await this.networks.lock(connectorId, transaction))) throw unknownConnector();
      const present = await this.read(connectorId, transaction);
      const wanted = decide(present);
      if (wanted.length > MAX_NETWORKS)
        throw invalidRequest([{ field: 'items', rule: `must contain no more than ${MAX_NETWORKS} elements` }]);
      await this.write(connectorId, without(wanted, present), without(present, wanted), by, transaction);
      return this.read(connectorId, transaction);
    });
  }

  private async write(
    connectorId: string,
    added: OnsiteNetworkRow[],
    removed: OnsiteNetworkRow[],
    by: Actor,
    transaction: PoolClient,
  ): Promise<void> {
    if (added.length === 0 && removed.length === 0) return;
    await this.networks.drop(connectorId, removed, transaction);
    await this.networks.add(connectorId, added, transaction);
    const details = { added: wordsOf(added), removed: wordsOf(removed) };
    await this.audit.record(
      { ...by, connectorId, action: 'networks.changed', subject: connectorId, details },
      transaction,
    );
  }

  private async read(connectorId: string, via: Database | PoolClient): Promise<OnsiteNetworkRow[]> {
    const rows = await this.networks.list(connectorId, via);
    if (rows === undefined) throw unknownConnector();
    return rows;
  }
}

function without(networks: readonly OnsiteNetworkRow[], taken: readonly OnsiteNetworkRow[]): OnsiteNetworkRow[] {
  const keys = new Set(taken.map(keyOf));
  return networks.filter((network) => !keys.has(keyOf(network)));
}

/** An entry of the audit stays for ever: enough to see what happened, not 500 networks. */
const MAX_TOLD = 20;

function wordsOf(networks: readonly OnsiteNetworkRow[]): string {
  const told = networks.slice(0, MAX_TOLD).map(({ cidr, site }) => (site === '' ? cidr : `${cidr} (${site})`));
  return [...told, ...(networks.length > MAX_TOLD ? [`and ${networks.length - MAX_TOLD} more`] : [])].join(', ');
}
