import { Module } from '@nestjs/common';
import { Clock } from '../platform/clock/clock';
import type { Config } from '../platform/config/config';
import { CONFIG } from '../platform/config/config.token';
import { Database } from '../platform/database/database';
import { Queue } from '../platform/queue/queue';
import { TaskRegistry } from '../platform/queue/task-registry';
import { RegistrarSweeps } from './registrar/registrar-sweeps.service';
import { TargetJobs } from './target-jobs';
import { TargetProbes } from './target-probes.service';
import { TargetRounds } from './target-rounds';
import { TargetsModule } from './targets.module';

/** The looks at targets that nobody waits for. Any number of processes may hold it. */
@Module({
  imports: [TargetsModule],
  providers: [
    {
      provide: TargetRounds,
      useFactory: (database: Database, queue: Queue, clock: Clock, config: Config) =>
        new TargetRounds(database, queue, clock, config.probes.intervalSeconds),
      inject: [Database, Queue, Clock, CONFIG],
    },
    {
      provide: TargetJobs,
      useFactory: (
        rounds: TargetRounds,
        probes: TargetProbes,
        sweeps: RegistrarSweeps,
        queue: Queue,
        tasks: TaskRegistry,
      ) => new TargetJobs(rounds, probes, sweeps, queue, tasks),
      inject: [TargetRounds, TargetProbes, RegistrarSweeps, Queue, TaskRegistry],
    },
  ],
  exports: [TargetRounds],
})
export class TargetsWorkerModule {}
