import { Module } from '@nestjs/common';
import { getRepositoryToken, TypeOrmModule } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { AuditLog } from '../platform/audit/audit-log';
import { Clock } from '../platform/clock/clock';
import type { Config } from '../platform/config/config';
import { CONFIG } from '../platform/config/config.token';
import { Database } from '../platform/database/database';
import { LOGGER, type Logger } from '../platform/logging/logger';
import { composeRemoval } from './compose-executor';
import { MissingUserRepository } from './missing-user.repository';
import { RunProgressRepository } from './run-progress.repository';
import { SyncProblemRepository } from './sync-problem.repository';
import { SyncRunEntity } from './sync-run.entity';
import { SyncRunHistory } from './sync-run-history';
import { SyncRunRepository } from './sync-run.repository';
import { SyncRuns } from './sync-runs';
import { SyncRunsController } from './sync-runs.controller';
import { SyncedConnectorRepository } from './synced-connector.repository';

/** Starts and shows sync runs. Whoever only asks for runs (CLI, an API process) needs no more; the work is SyncWorkerModule. */
@Module({
  imports: [TypeOrmModule.forFeature([SyncRunEntity])],
  controllers: [SyncRunsController],
  providers: [
    {
      provide: SyncRunRepository,
      useFactory: (database: Database) => new SyncRunRepository(database),
      inject: [Database],
    },
    {
      provide: SyncRuns,
      useFactory: (
        database: Database,
        runs: SyncRunRepository,
        history: Repository<SyncRunEntity>,
        audit: AuditLog,
        clock: Clock,
        config: Config,
        logger: Logger,
      ) =>
        new SyncRuns(
          database,
          runs,
          new SyncRunHistory(history),
          new SyncProblemRepository(),
          new RunProgressRepository(),
          new SyncedConnectorRepository(),
          new MissingUserRepository(),
          composeRemoval(database, clock, config),
          audit,
          logger,
        ),
      inject: [Database, SyncRunRepository, getRepositoryToken(SyncRunEntity), AuditLog, Clock, CONFIG, LOGGER],
    },
  ],
  exports: [SyncRuns, SyncRunRepository],
})
export class SyncModule {}
