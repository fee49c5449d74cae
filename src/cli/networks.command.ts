import type { Command } from 'commander';
import { AuditLog } from '../platform/audit/audit-log';
import { OnsiteNetworksRepository, type OnsiteNetworkRow } from '../users/networks/onsite-networks.repository';
import { OnsiteNetworks } from '../users/networks/onsite-networks.service';
import { addCommand, type Answer, type CommandLine } from './command-line';
import { formatTable } from './format-table';
import { operator } from './operator';
import { connectorId } from './parse-options';
import type { Session } from './session';

interface NetworkOptions {
  add?: string[];
  remove?: string[];
  site?: string;
}

const networksOf = ({ database }: Session): OnsiteNetworks =>
  new OnsiteNetworks(database, new OnsiteNetworksRepository(), new AuditLog(database));

const collect = (cidr: string, others: string[] | undefined): string[] => [...(others ?? []), cidr];

/** `connectors networks`: from where desktop apps reach the PBX directly. */
export function addNetworksCommand(connectors: Command, line: CommandLine): void {
  addCommand<NetworkOptions>(
    connectors,
    line,
    'networks',
    'from which networks desktop apps register with the PBX itself: show them, or change them',
    async (session, { add = [], remove = [], site = '' }, id) => {
      const networks = networksOf(session);
      if (add.length === 0 && remove.length === 0) return describe(await networks.list(id));
      const ofSite = (cidr: string): { cidr: string; site: string } => ({ cidr, site });
      return describe(await networks.edit(id, { add: add.map(ofSite), remove: remove.map(ofSite) }, operator()));
    },
  )
    .argument('<id>', 'the id of the connector', connectorId)
    .option('--add <cidr>', 'such as 10.20.0.0/16 or 2001:db8:20::/48; may be repeated', collect)
    .option('--remove <cidr>', 'no longer on site; may be repeated', collect)
    .option(
      '--site <site>',
      'what is added or removed counts only for users whose PBX is at this site, as CloudLink names it',
    );
}

const describe = (items: OnsiteNetworkRow[]): Answer => ({
  document: { items },
  text: formatTable(
    ['NETWORK', 'SITE'],
    items.map(({ cidr, site }) => [cidr, site === '' ? '(every site)' : site]),
    'This connector has no onsite networks: every desktop app gets the SBC.',
  ),
});
