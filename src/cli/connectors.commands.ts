import { Option, type Command } from 'commander';
import { AppError } from '../platform/errors/app-error';
import type { Connector } from '../connector/connector.entity';
import { addCommand, type Answer, type CommandLine } from './command-line';
import { formatTable } from './format-table';
import { openConnectors } from './open-connectors';
import { connectorId } from './parse-options';
import { setConnector, type ConnectorSettings } from './set-connector';

const MAX_NAME_LENGTH = 200;
const ID = ['<id>', 'the id of the connector', connectorId] as const;

/** `connectors …`: which connectors exist, and their settings. */
export function addConnectorsCommands(program: Command, line: CommandLine): void {
  const connectors = program
    .command('connectors')
    .description('the links between Zoom accounts and CloudLink accounts');

  addCommand(connectors, line, 'list', 'all connectors, oldest first', (session) =>
    openConnectors(session.databaseUrl, async (service) => {
      const items = (await service.list()).map(show);
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
    openConnectors(session.databaseUrl, async (service) => describe(show(await service.get(id)))),
  ).argument(...ID);

  addCommand<ConnectorSettings>(
    connectors,
    line,
    'set',
    'change settings of a connector',
    async (session, { membership, name }, id) => {
      if (membership === undefined && name === undefined)
        throw new AppError('invalid_request', 'Say what to set: --membership or --name.');
      checkName(name);
      const settings = { ...(membership === undefined ? {} : { membership }), ...(name === undefined ? {} : { name }) };
      return openConnectors(session.databaseUrl, async (service, audit) =>
        describe(show(await setConnector(service, audit, id, settings))),
      );
    },
  )
    .argument(...ID)
    .addOption(
      new Option('--membership <who>', 'who is integrated: every matched user, or those that were added').choices([
        'automatic',
        'chosen',
      ]),
    )
    .option('--name <name>', 'what a person knows it by');
}

function checkName(name: string | undefined): void {
  if (name !== undefined && (name.length > MAX_NAME_LENGTH || /[\u0000-\u001f\u007f]/.test(name))) {
    throw new AppError(
      'invalid_request',
      `A name has at most ${MAX_NAME_LENGTH} characters and no control characters.`,
    );
  }
}

type ShownConnector = ReturnType<typeof show>;

const show = (connector: Connector) => ({
  id: connector.connectorId,
  state: connector.state,
  zoomAccountId: connector.zoomAccountId,
  cloudlinkAccountId: connector.cloudlinkAccountId,
  membership: connector.membership,
  name: connector.name,
  stateReason: connector.stateReason,
  stateSince: connector.stateSince.toISOString(),
  createdAt: connector.createdAt.toISOString(),
});

const describe = (connector: ShownConnector): Answer => ({
  document: connector,
  text: Object.entries(connector)
    .map(([key, value]) => `${key.padEnd(20)}${value ?? ''}`.trimEnd())
    .join('\n'),
});
