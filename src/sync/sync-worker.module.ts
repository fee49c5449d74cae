import { Module } from '@nestjs/common';
import { CloudLinkApi } from '../cloudlink/cloudlink-api';
import { CloudLinkModule } from '../cloudlink/cloudlink.module';
import { GrantHealth } from '../oauth/grant-health';
import { GrantVault } from '../oauth/grant-vault';
import { OAuthModule } from '../oauth/oauth.module';
import { Clock } from '../platform/clock/clock';
import type { Config } from '../platform/config/config';
import { CONFIG } from '../platform/config/config.token';
import { ConnectorCiphers } from '../platform/crypto/connector-cipher';
import { Database } from '../platform/database/database';
import { LOGGER, type Logger } from '../platform/logging/logger';
import { ZoomApi } from '../zoom/zoom-api';
import { ZoomModule } from '../zoom/zoom.module';
import type { ActiveGrants } from './active-grants';
import { composeExecutor } from './compose-executor';
import { RunBell } from './run-bell';
import { RunExecutor } from './run-executor';
import { SyncModule } from './sync.module';
import { SyncRunRepository } from './sync-run.repository';
import { SyncScheduler } from './sync.scheduler';
import { SyncWorker } from './sync.worker';

/** Works on sync runs and enqueues those that are due. Any number of processes may hold it; the CLI leaves it out. The root module brings ScheduleModule. */
@Module({
  imports: [SyncModule, OAuthModule, ZoomModule, CloudLinkModule],
  providers: [
    {
      provide: RunExecutor,
      useFactory: (
        database: Database,
        zoom: ZoomApi,
        cloudlink: CloudLinkApi,
        vault: GrantVault,
        health: GrantHealth,
        ciphers: ConnectorCiphers,
        clock: Clock,
        logger: Logger,
      ) => {
        const grants: ActiveGrants = {
          active: (connectorId, provider) => vault.active(connectorId, provider),
          check: (connectorId, grantId) => health.check(connectorId, grantId),
        };
        return composeExecutor({ database, zoom, cloudlink, grants, ciphers, clock, logger });
      },
      inject: [Database, ZoomApi, CloudLinkApi, GrantVault, GrantHealth, ConnectorCiphers, Clock, LOGGER],
    },
    {
      provide: SyncWorker,
      useFactory: (runs: SyncRunRepository, executor: RunExecutor, bell: RunBell, logger: Logger) =>
        new SyncWorker(runs, executor, bell, logger),
      inject: [SyncRunRepository, RunExecutor, RunBell, LOGGER],
    },
    {
      provide: SyncScheduler,
      useFactory: (runs: SyncRunRepository, bell: RunBell, config: Config, logger: Logger) =>
        new SyncScheduler(runs, bell, config.syncIntervalSeconds, logger, config.fullSyncIntervalSeconds),
      inject: [SyncRunRepository, RunBell, CONFIG, LOGGER],
    },
  ],
})
export class SyncWorkerModule {}
