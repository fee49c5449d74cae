import { Module } from '@nestjs/common';
import { LOGGER, type Logger } from '../logging/logger';
import { DATABASE_URL } from '../platform.module';
import { QueueWorker } from './queue-worker';
import { TaskRegistry } from './task-registry';

/** Works on jobs. Whoever only adds them (CLI, an API process) leaves it out. */
@Module({
  providers: [
    {
      provide: QueueWorker,
      useFactory: (databaseUrl: string, tasks: TaskRegistry, logger: Logger) =>
        new QueueWorker(databaseUrl, tasks, logger),
      inject: [DATABASE_URL, TaskRegistry, LOGGER],
    },
  ],
})
export class QueueWorkerModule {}
