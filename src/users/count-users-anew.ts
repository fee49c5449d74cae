import type { Database } from '../platform/database/database';

/** So many new users make what PostgreSQL has counted before useless; fewer are found quickly all the same. */
const MANY_USERS = 5_000;

/** So many times as many new users make it worth while to count them once more. */
const COUNT_AGAIN = 8;

/** Whether so many have come in, where `before` had come in so far, that the last count is useless. */
export function isTimeToCount(before: number, now: number): boolean {
  let countAt = MANY_USERS;
  while (countAt <= before) countAt *= COUNT_AGAIN;
  return now >= countAt;
}

/**
 * Has PostgreSQL count the users now, and not when its own round comes by, up to a minute or more later: as long as it takes
 * their table for empty it reads all rows of a connector to find one. An import of 100 000 lines took two minutes then, and
 * takes some seconds. Call it when the new users are committed. 0.1 to 0.5 s, and nobody else waits for it.
 *
 * Never rejects: it is for speed alone. A vacuum at the same table makes way within a second, or goes on by itself.
 */
export async function countUsersAnew(database: Database): Promise<void> {
  const work = database.transaction(async (transaction) => {
    await transaction.query(`set local lock_timeout = '3s'`);
    await transaction.query('analyze integrated_users (connector_id, user_id, email)');
  });
  await work.catch(() => undefined);
}
