import type { Command } from 'commander';
import { addAlertSettingsCommands } from './alert-settings.commands';
import { addCommand, type CommandLine } from './command-line';
import { formatTable } from './format-table';
import { operator } from './operator';
import { alertHistory } from './open-alerts';
import { connectorId, uuidOf } from './parse-options';

const CONNECTOR = ['--connector <id>', 'the connector that the alerts are about', connectorId] as const;
const NEWEST = 50;

/** `alerts …`: what people are told, who is told, and what has not arrived. */
export function addAlertsCommands(program: Command, line: CommandLine): void {
  const alerts = program.command('alerts').description('what people are told about a connector, and who is told');

  addCommand<{ connector: string }>(
    alerts,
    line,
    'list',
    `the newest ${NEWEST} alerts and where they went`,
    async (session, { connector }) => {
      const { items } = await alertHistory(session).list(connector, { limit: NEWEST });
      const rows = items.map((alert) => [
        alert.at.toISOString(),
        alert.kind,
        alert.provider ?? '',
        alert.reason ?? '',
        alert.deliveries.map(({ channel, state }) => `${channel} ${state}`).join(', '),
      ]);
      return {
        document: { items },
        text: formatTable(
          ['AT', 'KIND', 'SIDE', 'REASON', 'DELIVERIES'],
          rows,
          'Nothing was told about this connector.',
        ),
      };
    },
  ).requiredOption(...CONNECTOR);

  addCommand<{ connector: string }>(
    alerts,
    line,
    'dead-letters',
    'what was given up after about an hour of tries',
    async (session, { connector }) => {
      const items = await alertHistory(session).deadLetters(connector);
      const rows = items.map((letter) => [
        letter.id,
        letter.channel,
        letter.destination,
        String(letter.attempts),
        letter.lastError ?? '',
        letter.updatedAt.toISOString(),
      ]);
      return {
        document: { items },
        text: formatTable(['DELIVERY', 'CHANNEL', 'TO', 'TRIES', 'ERROR', 'SINCE'], rows, 'Everything has arrived.'),
      };
    },
  ).requiredOption(...CONNECTOR);

  addCommand<{ connector: string; delivery: string }>(
    alerts,
    line,
    'retry',
    'send a dead letter once more',
    async (session, { connector, delivery }) => {
      await alertHistory(session).retry(connector, delivery, operator());
      return { document: { id: delivery, state: 'pending' }, text: `${delivery} is on its way again.` };
    },
  )
    .requiredOption(...CONNECTOR)
    .requiredOption('--delivery <id>', 'as printed by alerts dead-letters', uuidOf('a delivery'));

  addAlertSettingsCommands(alerts, line);
}
