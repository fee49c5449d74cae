import type { Command } from 'commander';
import { AuthorizationRepository } from '../access/authorization.repository';
import { Authorizations } from '../access/authorizations.service';
import { MarketplaceClientRepository } from '../access/marketplace-client.repository';
import { MarketplaceClients } from '../access/marketplace-clients.service';
import { SCOPES, type Scope } from '../access/principal';
import { AuditLog } from '../platform/audit/audit-log';
import { SystemClock } from '../platform/clock/clock';
import { addCommand, type CommandLine } from './command-line';
import { formatTable } from './format-table';
import { collect, scopeList } from './parse-options';
import type { Session } from './session';

export function marketplaceClientsOf({ database }: Session): MarketplaceClients {
  const clock = new SystemClock();
  const authorizations = new Authorizations(database, new AuthorizationRepository(), new AuditLog(database), clock);
  return new MarketplaceClients(database, new MarketplaceClientRepository(), authorizations, clock);
}

/** `clients …-marketplace`: Zoom's cloud as one client for all connectors, each of which an admin must allow it. */
export function addMarketplaceClientsCommands(clients: Command, line: CommandLine): void {
  addCommand<{ redirectUri: string[]; scope: Scope[]; name: string }>(
    clients,
    line,
    'create-marketplace',
    'make the client of a marketplace app, which admins let in by signing in, and print its secret, once',
    async (session, { redirectUri, scope, name }) => {
      const made = await marketplaceClientsOf(session).create(redirectUri, scope, name);
      return {
        document: made,
        text: `client id      ${made.clientId}\nclient secret  ${made.clientSecret}\nscope          ${made.scope}\nredirects to   ${made.redirectUris.join(' ')}\nThe secret is shown this once: only its hash is kept.`,
      };
    },
  )
    .requiredOption('--redirect-uri <uri>', 'where codes may be sent; may be given several times', collect)
    .requiredOption('--scope <scopes>', `at most, space-separated, of: ${SCOPES.join(' ')}`, scopeList)
    .option('--name <name>', 'what admins know it by: it stands on the consent page', 'Zoom');

  addCommand(clients, line, 'list-marketplace', 'the clients of marketplace apps', async (session) => {
    const items = await marketplaceClientsOf(session).list();
    const rows = items.map((item) => [
      item.clientId,
      item.scope,
      item.createdAt.toISOString(),
      item.revokedAt?.toISOString() ?? '',
      item.name,
      item.redirectUris.join(' '),
    ]);
    return {
      document: { items },
      text: formatTable(
        ['CLIENT ID', 'SCOPE', 'CREATED', 'REVOKED', 'NAME', 'REDIRECTS TO'],
        rows,
        'There are no marketplace clients.',
      ),
    };
  });
}
