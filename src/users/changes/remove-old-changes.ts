import type { Clock } from '../../platform/clock/clock';
import type { Database } from '../../platform/database/database';
import type { JobContext, TaskHandler } from '../../platform/queue/task-registry';
import type { ChangeFeedRepository } from './change-feed.repository';

export const REMOVE_OLD_CHANGES = 'remove-old-changes';
export const CHANGES_KEPT_DAYS = 30;
const MINUTE_OF_THE_HOUR = 37;
/** A sync of the same connector waits for one such statement at most. */
const CHUNK = 5000;

/** Runs every minute, works in one of them: a day of 30 more or less is nobody's matter. */
export function removeOldChanges(database: Database, feeds: ChangeFeedRepository, clock: Clock): TaskHandler {
  return async (_payload, { signal }: JobContext) => {
    const now = clock.now();
    if (now.getUTCMinutes() !== MINUTE_OF_THE_HOUR) return;
    await purgeChanges(database, feeds, new Date(now.getTime() - CHANGES_KEPT_DAYS * 86_400_000), signal);
  };
}

/** Everything older than `limit`, in chunks; what an abort leaves the next pass finds. @returns how many entries went */
export async function purgeChanges(
  database: Database,
  feeds: ChangeFeedRepository,
  limit: Date,
  signal: AbortSignal,
  chunk = CHUNK,
): Promise<number> {
  let total = 0;
  for (const connectorId of await feeds.connectorsWithOlder(limit, database)) {
    for (let gone = chunk; gone > 0 && !signal.aborted; total += gone) {
      gone = await feeds.purge(connectorId, limit, chunk, database);
    }
  }
  return total;
}
