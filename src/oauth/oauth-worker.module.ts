import { Module } from '@nestjs/common';
import { Clock } from '../platform/clock/clock';
import { Database } from '../platform/database/database';
import { Queue } from '../platform/queue/queue';
import { TaskRegistry } from '../platform/queue/task-registry';
import { GrantHealth } from './grant-health';
import { GrantVault } from './grant-vault';
import { KeepAlive } from './keep-alive';
import { OAuthModule } from './oauth.module';

/** The work on grants that nobody waits for. Any number of processes may hold it. */
@Module({
  imports: [OAuthModule],
  providers: [
    {
      provide: KeepAlive,
      useFactory: (
        database: Database,
        vault: GrantVault,
        health: GrantHealth,
        queue: Queue,
        tasks: TaskRegistry,
        clock: Clock,
      ) => new KeepAlive(database, vault, health, queue, tasks, clock),
      inject: [Database, GrantVault, GrantHealth, Queue, TaskRegistry, Clock],
    },
  ],
  exports: [KeepAlive],
})
export class OAuthWorkerModule {}
