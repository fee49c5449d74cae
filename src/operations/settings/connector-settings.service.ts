import type { PoolClient } from 'pg';
import { unknownConnector } from '../../access/unknown-connector';
import { DEFAULT_REMOVAL_LIMIT_PERCENT } from '../../connector/removal-limit';
import type { Actor } from '../../platform/audit/actor';
import type { AuditLog } from '../../platform/audit/audit-log';
import type { Clock } from '../../platform/clock/clock';
import type { Config } from '../../platform/config/config';
import type { Database } from '../../platform/database/database';
import type { SyncedConnectorRepository } from '../../sync/synced-connector.repository';
import type { ChangeLogRepository } from '../../users/changes/change-log.repository';
import type { ChosenUsersRepository } from '../../users/chosen/chosen-users.repository';
import { changesOf, type ConnectorSettings, type SettingsChange } from './connector-settings';
import type { ConnectorSettingsRepository } from './connector-settings.repository';

/** Settings, and what those that are null stand for. */
export interface ShownSettings extends ConnectorSettings {
  defaults: { removalLimitPercent: number; syncIntervalSeconds: number };
}

/** Shows and changes the settings of a connector, for the API and the command line alike. */
export class ConnectorSettingsService {
  constructor(
    private readonly database: Database,
    private readonly settings: ConnectorSettingsRepository,
    private readonly schedule: SyncedConnectorRepository,
    private readonly members: ChosenUsersRepository,
    private readonly changes: ChangeLogRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: Pick<Config, 'syncIntervalSeconds'>,
  ) {}

  /** @throws AppError `not_found` */
  async get(connectorId: string): Promise<ShownSettings> {
    const settings = await this.settings.find(connectorId, this.database);
    if (settings === undefined) throw unknownConnector();
    return this.show(settings);
  }

  /** What is so already is no change, and no entry of the audit. @throws AppError `not_found` */
  async change(connectorId: string, wanted: SettingsChange, by: Actor): Promise<ShownSettings> {
    return this.database.transaction(async (transaction) => {
      const before = await this.settings.lock(connectorId, transaction);
      if (before === undefined) throw unknownConnector();
      const details = changesOf(before, wanted);
      if (Object.keys(details).length === 0) return this.show(before);
      const after = { ...before, ...defined(wanted) };
      await this.settings.save(connectorId, after, transaction);
      await this.follow(connectorId, before, after, transaction);
      await this.audit.record({ ...by, connectorId, action: 'connector.changed', details }, transaction);
      return this.show(after);
    });
  }

  private async follow(
    connectorId: string,
    before: ConnectorSettings,
    after: ConnectorSettings,
    transaction: PoolClient,
  ): Promise<void> {
    // Other users belong to it now, whom CloudLink has not changed.
    if (after.membership !== before.membership) await this.members.wantFullSync(connectorId, transaction);
    if (after.syncIntervalSeconds !== before.syncIntervalSeconds) {
      const seconds = after.syncIntervalSeconds ?? this.config.syncIntervalSeconds;
      await this.schedule.dueWithin(connectorId, seconds, transaction);
    }
    // Who was handed out to a mobile app is not any more, or may be again: whoever keeps hand-outs has to ask anew.
    if (after.mobileCalling !== before.mobileCalling)
      await this.changes.appendForReady(connectorId, ['targets'], this.clock.now(), transaction);
  }

  private readonly show = (settings: ConnectorSettings): ShownSettings => ({
    ...settings,
    defaults: {
      removalLimitPercent: DEFAULT_REMOVAL_LIMIT_PERCENT,
      syncIntervalSeconds: this.config.syncIntervalSeconds,
    },
  });
}

/** Without what nobody has said anything about. */
const defined = (wanted: SettingsChange): Partial<ConnectorSettings> =>
  Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
