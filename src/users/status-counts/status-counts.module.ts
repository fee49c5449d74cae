import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock';
import { Database } from '../../platform/database/database';
import { TaskRegistry } from '../../platform/queue/task-registry';
import { SAMPLE_STATUSES, sampleStatuses } from './sample-statuses';
import { StatusCountsController } from './status-counts.controller';
import { StatusCountsRepository } from './status-counts.repository';
import { StatusCountsService } from './status-counts.service';

/** Counts per status over time: who samples them, and who shows them. */
@Module({ controllers: [StatusCountsController], providers: [StatusCountsRepository, StatusCountsService] })
export class StatusCountsModule implements OnModuleInit {
  constructor(
    @Inject(TaskRegistry) private readonly tasks: TaskRegistry,
    @Inject(Database) private readonly database: Database,
    @Inject(StatusCountsRepository) private readonly counts: StatusCountsRepository,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.tasks.registerEveryMinute(SAMPLE_STATUSES, sampleStatuses(this.database, this.counts, this.clock));
  }
}
