import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Membership } from '../connector/connector.entity';
import { DEFAULT_REMOVAL_LIMIT_PERCENT, MAX_REMOVAL_LIMIT_PERCENT } from '../connector/removal-limit';
import { SYNC_INTERVAL_SECONDS } from '../connector/sync-interval';
import { MAX_NAME_LENGTH, NAME_PATTERN, type SettingsChange } from '../operations/settings/connector-settings';
import { ConnectorSettingsRepository } from '../operations/settings/connector-settings.repository';
import { ConnectorSettingsService } from '../operations/settings/connector-settings.service';
import { AuditLog } from '../platform/audit/audit-log';
import { SystemClock } from '../platform/clock/clock';
import { parseDuration } from '../platform/config/parse-values';
import { AppError } from '../platform/errors/app-error';
import { SyncedConnectorRepository } from '../sync/synced-connector.repository';
import { ChangeLogRepository } from '../users/changes/change-log.repository';
import { ChosenUsersRepository } from '../users/chosen/chosen-users.repository';
import { addCommand, type CommandLine } from './command-line';
import { openConnectors } from './open-connectors';
import { operator } from './operator';
import { connectorId } from './parse-options';
import type { Session } from './session';
import { describeConnector, showConnector } from './show-connector';

interface SetOptions {
  membership?: Membership;
  name?: string;
  removalLimit?: number | 'default';
  syncInterval?: number | 'default';
  mobileCalling?: 'on' | 'off';
}

const settingsOf = ({ database, config }: Session): ConnectorSettingsService =>
  new ConnectorSettingsService(
    database,
    new ConnectorSettingsRepository(),
    new SyncedConnectorRepository(),
    new ChosenUsersRepository(),
    new ChangeLogRepository(),
    new AuditLog(database),
    new SystemClock(),
    config,
  );

/** `connectors set`: what `PATCH …/settings` does. */
export function addSetCommand(connectors: Command, line: CommandLine): void {
  addCommand<SetOptions>(connectors, line, 'set', 'change settings of a connector', async (session, options, id) => {
    const change = toChange(options);
    if (Object.values(change).every((value) => value === undefined))
      throw new AppError(
        'invalid_request',
        'Say what to set: --membership, --name, --removal-limit, --sync-interval or --mobile-calling.',
      );
    await settingsOf(session).change(id, change, operator());
    return openConnectors(session.databaseUrl, async (service) =>
      describeConnector(showConnector(await service.get(id), session.config)),
    );
  })
    .argument('<id>', 'the id of the connector', connectorId)
    .addOption(
      new Option('--membership <who>', 'who is integrated: every matched user, or those that were added').choices([
        'automatic',
        'chosen',
      ]),
    )
    .option('--name <name>', 'what a person knows it by', name)
    .option(
      '--removal-limit <percent>',
      `up to this share of the users is removed without asking a person, 0 to ${MAX_REMOVAL_LIMIT_PERCENT}, or "default" (${DEFAULT_REMOVAL_LIMIT_PERCENT}); five users always are`,
      removalLimitPercent,
    )
    .option(
      '--sync-interval <time>',
      'between two syncs, 5m to 24h, or "default" (SYNC_INTERVAL); a shorter one takes effect at once',
      syncIntervalSeconds,
    )
    .addOption(
      new Option('--mobile-calling <switch>', 'whether mobile apps are given a registration').choices(['on', 'off']),
    );
}

const toChange = ({ membership, name, removalLimit, syncInterval, mobileCalling }: SetOptions): SettingsChange => ({
  membership,
  name,
  removalLimitPercent: removalLimit === 'default' ? null : removalLimit,
  syncIntervalSeconds: syncInterval === 'default' ? null : syncInterval,
  mobileCalling: mobileCalling === undefined ? undefined : mobileCalling === 'on',
});

function removalLimitPercent(text: string): number | 'default' {
  if (text.trim() === 'default') return 'default';
  const percent = Number(/^(\d{1,3})\s?%?$/.exec(text.trim())?.[1]);
  if (percent <= MAX_REMOVAL_LIMIT_PERCENT) return percent;
  throw new InvalidArgumentError(
    `It must be a whole percentage from 0 to ${MAX_REMOVAL_LIMIT_PERCENT}, or "default": over half of the users is never removed without asking.`,
  );
}

function syncIntervalSeconds(text: string): number | 'default' {
  if (text.trim() === 'default') return 'default';
  const parsed = parseDuration(SYNC_INTERVAL_SECONDS.min, SYNC_INTERVAL_SECONDS.max)(text.trim());
  if ('value' in parsed) return parsed.value;
  throw new InvalidArgumentError('It must be such as 5m, 900 or 2h, from 5m to 24h, or "default".');
}

function name(text: string): string {
  if (text.length <= MAX_NAME_LENGTH && NAME_PATTERN.test(text)) return text;
  throw new InvalidArgumentError(`It must have at most ${MAX_NAME_LENGTH} characters and no control characters.`);
}
