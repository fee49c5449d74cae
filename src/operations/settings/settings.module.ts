import { Module } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log';
import { Clock } from '../../platform/clock/clock';
import type { Config } from '../../platform/config/config';
import { CONFIG } from '../../platform/config/config.token';
import { Database } from '../../platform/database/database';
import { SyncedConnectorRepository } from '../../sync/synced-connector.repository';
import { ChangeLogRepository } from '../../users/changes/change-log.repository';
import { ChosenUsersRepository } from '../../users/chosen/chosen-users.repository';
import { ConnectorSettingsController } from './connector-settings.controller';
import { ConnectorSettingsRepository } from './connector-settings.repository';
import { ConnectorSettingsService } from './connector-settings.service';

/** What an admin may change about a connector. */
@Module({
  controllers: [ConnectorSettingsController],
  providers: [
    {
      provide: ConnectorSettingsService,
      useFactory: (database: Database, audit: AuditLog, clock: Clock, config: Config) =>
        new ConnectorSettingsService(
          database,
          new ConnectorSettingsRepository(),
          new SyncedConnectorRepository(),
          new ChosenUsersRepository(),
          new ChangeLogRepository(),
          audit,
          clock,
          config,
        ),
      inject: [Database, AuditLog, Clock, CONFIG],
    },
  ],
})
export class SettingsModule {}
