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
import { TaskRegistry } from '../platform/queue/task-registry';
import { TasksModule } from '../platform/queue/tasks.module';
import { ZoomApi } from '../zoom/zoom-api';
import { ZoomModule } from '../zoom/zoom.module';
import type { ActiveGrants } from './active-grants';
import { composeExecutor } from './compose-executor';
import { DueSyncs } from './due-syncs';
import { OrphanedRuns } from './orphaned-runs';
import { RunClaimRepository } from './run-claim.repository';
import { RunExecutor } from './run-executor';
import { SyncModule } from './sync.module';
import { SyncRunRepository } from './sync-run.repository';
import { SyncTask } from './sync.task';
import { SyncedConnectorRepository } from './synced-connector.repository';

/** Says how sync runs are worked on, and enqueues those that are due; the slots for it are QueueWorkerModule's. The CLI leaves both out. */
@Module({
  imports: [TasksModule, SyncModule, OAuthModule, ZoomModule, CloudLinkModule],
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
        config: Config,
        logger: Logger,
      ) => {
        const grants: ActiveGrants = {
          active: (connectorId, provider) => vault.active(connectorId, provider),
          check: (connectorId, grantId) => health.check(connectorId, grantId),
        };
        return composeExecutor({ database, zoom, cloudlink, grants, ciphers, clock, logger, patience: config });
      },
      inject: [Database, ZoomApi, CloudLinkApi, GrantVault, GrantHealth, ConnectorCiphers, Clock, CONFIG, LOGGER],
    },
    {
      provide: SyncTask,
      useFactory: (
        tasks: TaskRegistry,
        database: Database,
        executor: RunExecutor,
        runs: SyncRunRepository,
        config: Config,
        logger: Logger,
      ) => {
        const claims = new RunClaimRepository(database);
        const connectors = new SyncedConnectorRepository();
        const due = new DueSyncs(database, connectors, runs, config, logger);
        return new SyncTask(tasks, claims, executor, due, new OrphanedRuns(database, claims, logger));
      },
      inject: [TaskRegistry, Database, RunExecutor, SyncRunRepository, CONFIG, LOGGER],
    },
  ],
})
export class SyncWorkerModule {}
