import type { Queryable } from '../platform/database/database';

/**
 * For the rest of the transaction: join the run's own tables by hash. They have just been filled, so PostgreSQL has no
 * statistics of them, takes them for one row and joins row by row: 96 s for 20 000 users, against 0.1 s. The hash of
 * 100 000 users needs 15 MB: with PostgreSQL's own 4 MB (twice that for hashes) it went through files.
 */
export async function preferHashJoins(transaction: Queryable): Promise<void> {
  await transaction.query(`select set_config('enable_nestloop', 'off', true), set_config('work_mem', '32MB', true)`);
}
