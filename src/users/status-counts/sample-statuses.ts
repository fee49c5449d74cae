import type { Clock } from '../../platform/clock/clock';
import type { Database } from '../../platform/database/database';
import type { TaskHandler } from '../../platform/queue/task-registry';
import { sampleTime } from './plan-steps';
import type { StatusCountsRepository } from './status-counts.repository';

export const SAMPLE_STATUSES = 'sample-statuses';
export const STATUS_COUNTS_KEPT_DAYS = 90;
const MINUTE_OF_THE_HOUR = 41;

/**
 * Runs every minute. The first of five that is alive samples, the others find it done: so a minute that nobody worked in
 * leaves no hole. What expired within the last half minute may still count as it was (ExpireStatusesService).
 */
export function sampleStatuses(database: Database, counts: StatusCountsRepository, clock: Clock): TaskHandler {
  return async () => {
    const now = clock.now();
    await counts.sample(sampleTime(now), database);
    if (now.getUTCMinutes() === MINUTE_OF_THE_HOUR)
      await counts.removeBefore(new Date(now.getTime() - STATUS_COUNTS_KEPT_DAYS * 86_400_000), database);
  };
}
