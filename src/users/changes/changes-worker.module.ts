import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock';
import { Database } from '../../platform/database/database';
import { TaskRegistry } from '../../platform/queue/task-registry';
import { ChangeFeedRepository } from './change-feed.repository';
import { REMOVE_OLD_CHANGES, removeOldChanges } from './remove-old-changes';

/** Forgets what is too old to be told. */
@Module({ providers: [ChangeFeedRepository] })
export class ChangesWorkerModule implements OnModuleInit {
  constructor(
    @Inject(TaskRegistry) private readonly tasks: TaskRegistry,
    @Inject(Database) private readonly database: Database,
    @Inject(ChangeFeedRepository) private readonly feeds: ChangeFeedRepository,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.tasks.registerEveryMinute(REMOVE_OLD_CHANGES, removeOldChanges(this.database, this.feeds, this.clock));
  }
}
