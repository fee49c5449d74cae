import type { Command } from 'commander';
import { ApiClientRepository } from '../access/api-client.repository';
import { ApiClients } from '../access/api-clients.service';
import { isMarketplaceClientId } from '../access/marketplace-clients.service';
import { SCOPES, type Scope } from '../access/principal';
import { AuditLog } from '../platform/audit/audit-log';
import { SystemClock } from '../platform/clock/clock';
import { addCommand, type CommandLine } from './command-line';
import { formatTable } from './format-table';
import { operator } from './operator';
import { addMarketplaceClientsCommands, marketplaceClientsOf } from './marketplace-clients.commands';
import { connectorId, scopeList } from './parse-options';
import type { Session } from './session';

const CONNECTOR = ['--connector <id>', 'the connector that the client may use', connectorId] as const;

const clientsOf = ({ database }: Session): ApiClients =>
  new ApiClients(database, new ApiClientRepository(), new AuditLog(database), new SystemClock());

/** `clients …`: who may call our API. */
export function addClientsCommands(program: Command, line: CommandLine): void {
  const clients = program.command('clients').description('machine clients of the REST API');

  addCommand<{ connector: string; scope: Scope[]; name?: string }>(
    clients,
    line,
    'create',
    'make a client and print its secret, once',
    async (session, { connector, scope, name }) => {
      const made = await clientsOf(session).create(connector, scope, name, operator().actorId);
      return {
        document: made,
        text: `client id      ${made.clientId}\nclient secret  ${made.clientSecret}\nscope          ${made.scope}\nThe secret is shown this once: only its hash is kept.`,
      };
    },
  )
    .requiredOption(...CONNECTOR)
    .requiredOption('--scope <scopes>', `space-separated, of: ${SCOPES.join(' ')}`, scopeList)
    .option('--name <name>', 'what a person knows it by');

  addCommand<{ connector: string }>(
    clients,
    line,
    'list',
    'the clients of a connector',
    async (session, { connector }) => {
      const items = await clientsOf(session).list(connector);
      const rows = items.map((item) => [
        item.clientId,
        item.scope,
        item.createdAt.toISOString(),
        item.revokedAt?.toISOString() ?? '',
        item.name,
      ]);
      return {
        document: { items },
        text: formatTable(['CLIENT ID', 'SCOPE', 'CREATED', 'REVOKED', 'NAME'], rows, 'This connector has no clients.'),
      };
    },
  ).requiredOption(...CONNECTOR);

  addCommand(
    clients,
    line,
    'revoke',
    'end a client: its tokens stop working within seconds',
    async (session, _, clientId) => {
      const client = isMarketplaceClientId(clientId)
        ? await marketplaceClientsOf(session).revoke(clientId, operator())
        : await clientsOf(session).revoke(clientId, operator().actorId);
      return { document: client, text: `Revoked ${client.clientId}. Its tokens stop working within seconds.` };
    },
  ).argument('<clientId>', 'as printed by clients list');

  addMarketplaceClientsCommands(clients, line);
}
