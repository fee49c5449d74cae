import { Module } from '@nestjs/common';
import { GrantVault } from '../../oauth/grant-vault';
import { OAuthModule } from '../../oauth/oauth.module';
import { AuditLog } from '../../platform/audit/audit-log';
import { Clock } from '../../platform/clock/clock';
import { Database } from '../../platform/database/database';
import { LOGGER, type Logger } from '../../platform/logging/logger';
import { Queue } from '../../platform/queue/queue';
import { TaskRegistry } from '../../platform/queue/task-registry';
import { ZoomApi } from '../../zoom/zoom-api';
import { ZoomModule } from '../../zoom/zoom.module';
import { composeFollowZoomUser } from '../events/compose-follow-zoom-user';
import { HintedConnectorRepository } from '../events/hinted-connector.repository';
import { SyncModule } from '../sync.module';
import { SyncRuns } from '../sync-runs';
import { SyncedConnectorRepository } from '../synced-connector.repository';
import { UserSyncController } from './user-sync.controller';
import { UserSyncRepository } from './user-sync.repository';
import { UserSyncTask } from './user-sync.task';
import { UserSyncs } from './user-syncs';

/** One user read anew, because somebody asks for it. */
@Module({
  imports: [SyncModule, OAuthModule, ZoomModule],
  controllers: [UserSyncController],
  providers: [
    {
      provide: UserSyncs,
      useFactory: (database: Database, audit: AuditLog, queue: Queue) =>
        new UserSyncs(database, new SyncedConnectorRepository(), new UserSyncRepository(), audit, queue),
      inject: [Database, AuditLog, Queue],
    },
    {
      provide: UserSyncTask,
      useFactory: (
        tasks: TaskRegistry,
        database: Database,
        grants: GrantVault,
        zoom: ZoomApi,
        runs: SyncRuns,
        queue: Queue,
        clock: Clock,
        logger: Logger,
      ) =>
        new UserSyncTask(
          tasks,
          database,
          new UserSyncRepository(),
          new HintedConnectorRepository(),
          composeFollowZoomUser({ database, grants, zoom, clock }),
          runs,
          queue,
          clock,
          logger,
        ),
      inject: [TaskRegistry, Database, GrantVault, ZoomApi, SyncRuns, Queue, Clock, LOGGER],
    },
  ],
})
export class UserSyncModule {}
