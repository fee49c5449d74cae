import { Option, type Command } from 'commander';
import { AppError } from '../platform/errors/app-error';
import { PROVIDERS, PROVIDER_NAMES, type Provider } from '../oauth/provider';
import { addCommand, type CommandLine } from './command-line';
import { formatTable } from './format-table';
import { addNetworksCommand } from './networks.command';
import { operator } from './operator';
import { openConnectorAdmin } from './open-connector-admin';
import { openConnectors } from './open-connectors';
import { connectorId } from './parse-options';
import { addPushTokenCommand } from './push-token.command';
import { addSetCommand } from './set-connector.command';
import { describeConnector, showConnector } from './show-connector';
import { addTargetSettingsCommands } from './targets.commands';

const ID = ['<id>', 'the id of the connector', connectorId] as const;

/** `connectors …`: which connectors exist, and their settings. */
export function addConnectorsCommands(program: Command, line: CommandLine): void {
  const connectors = program
    .command('connectors')
    .description('the links between Zoom accounts and CloudLink accounts');

  addCommand(connectors, line, 'list', 'all connectors, oldest first', (session) =>
    openConnectors(session.databaseUrl, async (service) => {
      const items = (await service.list()).map((connector) => showConnector(connector, session.config));
      const rows = items.map((item) => [
        item.id,
        item.state,
        item.zoomAccountId ?? '',
        item.cloudlinkAccountId ?? '',
        item.membership,
        item.name,
      ]);
      return {
        document: { items },
        text: formatTable(
          ['ID', 'STATE', 'ZOOM ACCOUNT', 'CLOUDLINK ACCOUNT', 'MEMBERSHIP', 'NAME'],
          rows,
          'There are no connectors yet.',
        ),
      };
    }),
  );

  addCommand(connectors, line, 'show', 'one connector', (session, _, id) =>
    openConnectors(session.databaseUrl, async (service) =>
      describeConnector(showConnector(await service.get(id), session.config)),
    ),
  ).argument(...ID);

  addSetCommand(connectors, line);
  addNetworksCommand(connectors, line);
  addTargetSettingsCommands(connectors, line);
  addPushTokenCommand(connectors, line);

  addCommand<{ provider: Provider }>(
    connectors,
    line,
    'authorize-link',
    'a link by which any admin of the account authorises this connector again',
    (session, { provider }, id) =>
      openConnectorAdmin(session, async ({ connectors: service, links }) => {
        const connector = await service.get(id);
        if (connector.state === 'disconnected')
          throw new AppError(
            'connector_not_active',
            'The connector is disconnected: connect anew at /oauth/zoom/start.',
          );
        const { url, expiresAt } = links.linkFor(id, provider);
        return {
          document: { url, provider, expiresAt: expiresAt.toISOString() },
          text: `${url}\n\nFor an admin of the ${PROVIDER_NAMES[provider]} account; valid until ${expiresAt.toISOString()}.`,
        };
      }),
  )
    .argument(...ID)
    .addOption(
      new Option('--provider <side>', 'where the admin is to authorise').choices([...PROVIDERS]).makeOptionMandatory(),
    );

  addCommand<{ off?: boolean }>(
    connectors,
    line,
    'service-client',
    'work at CloudLink through a service client that no departure touches; again: replace its secret',
    (session, { off }, id) =>
      openConnectorAdmin(session, async ({ serviceClients }) => {
        if (off === true) {
          await serviceClients.switchOff(id, operator());
          return {
            document: { serviceClient: null },
            text: 'CloudLink is used through an admin’s authorisation again.',
          };
        }
        const serviceClient = await serviceClients.switchOn(id, operator());
        return {
          document: { serviceClient },
          text: `CloudLink is used through the service client ${serviceClient.clientId} now; its secret is kept encrypted.`,
        };
      }),
  )
    .argument(...ID)
    .option('--off', 'back to an admin’s authorisation');

  addCommand<{ yes?: boolean }>(
    connectors,
    line,
    'disconnect',
    'end the link for good: remove the app at Zoom, destroy all credentials and tokens; the audit stays',
    (session, { yes }, id) =>
      openConnectorAdmin(session, async ({ disconnecting }) => {
        if (yes !== true)
          throw new AppError(
            'invalid_request',
            'This cannot be undone. Say --yes if all users are to lose their phones.',
          );
        const finished = await disconnecting.disconnect(id, 'disconnected_by_admin', operator());
        return {
          document: { id, state: 'disconnected', finished },
          text: finished
            ? 'Disconnected. The key of all its secrets is destroyed.'
            : 'Disconnected. Zoom could not be asked to remove the app yet: the running program goes on trying, and destroys the key then.',
        };
      }),
  )
    .argument(...ID)
    .option('--yes', 'do it without asking back');
}
