import { Module } from '@nestjs/common';
import { Database } from '../database/database';
import { LOGGER, type Logger } from '../logging/logger';
import { DATABASE_URL } from '../platform.module';
import { EmptyQueues } from './empty-queues';
import { QueueWorker } from './queue-worker';
import { TaskRegistry } from './task-registry';
import { TasksModule } from './tasks.module';

/** Works on jobs. Whoever only adds them (CLI, an API process) leaves it out. */
@Module({
  imports: [TasksModule],
  providers: [
    {
      provide: QueueWorker,
      useFactory: (databaseUrl: string, tasks: TaskRegistry, logger: Logger) =>
        new QueueWorker(databaseUrl, tasks, logger),
      inject: [DATABASE_URL, TaskRegistry, LOGGER],
    },
    {
      provide: EmptyQueues,
      useFactory: (tasks: TaskRegistry, database: Database) => new EmptyQueues(tasks, database),
      inject: [TaskRegistry, Database],
    },
  ],
})
export class QueueWorkerModule {}
