import type { OnModuleInit } from '@nestjs/common';
import type { Database } from '../database/database';
import type { TaskRegistry } from './task-registry';

/** Whoever adds a job waits as long behind us, and Zoom counts an answer after 3 s as none. */
const LOCK_TIMEOUT_MS = 200;
/** SQLSTATE lock_not_available. */
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * graphile-worker keeps the row of a queue for ever, and we have one per user whom anybody has ever told us of. Its own
 * clean-up may take a queue away from a job that is being added, which would then wait for ever; hence the lock here.
 */
export class EmptyQueues implements OnModuleInit {
  constructor(
    private readonly tasks: TaskRegistry,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.tasks.registerEveryMinute('forget-empty-queues', async () => {
      await this.forget();
    });
  }

  /** @returns how many; 0 too when others were at work: the next minute comes soon */
  async forget(): Promise<number> {
    try {
      return await this.database.transaction(async (transaction) => {
        await transaction.query(`set local lock_timeout = ${LOCK_TIMEOUT_MS}`);
        await transaction.query('lock table graphile_worker._private_job_queues in share row exclusive mode');
        const { rowCount } = await transaction.query(
          `delete from graphile_worker._private_job_queues q where q.locked_at is null
             and not exists (select from graphile_worker._private_jobs j where j.job_queue_id = q.id)`,
        );
        return rowCount ?? 0;
      });
    } catch (error) {
      if ((error as { code?: unknown }).code === LOCK_NOT_AVAILABLE) return 0;
      throw error;
    }
  }
}
