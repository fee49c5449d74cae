import type { Database, Queryable } from '../platform/database/database';
import type { RunErrorCode } from './run-error-code';
import { LeaseLost } from './run-failure';
import type { HeldRun, RunKey } from './sync-run';
import { SYNC_KEY } from './sync-jobs';
import { toHeldRun, type RunRow } from './sync-run.repository';

/** Longer than any page takes that is stored at all; a slot must not stand still with it. */
const LOCK_TIMEOUT_MS = 5_000;

/**
 * In whose hands a run is. The queue decides who works on a connector; its job comes here for a token, which from then on
 * every page's transaction checks (SyncRunRepository.lock).
 */
export class RunClaimRepository {
  constructor(private readonly database: Database) {}

  /**
   * Takes the open run of a connector for whoever has its job now. One that is in other hands still was left behind by a
   * worker that died or counts as dead; that is a failed attempt: a page that kills its worker must not be tried for ever.
   * Waits for a page that is being stored, but not for one that a frozen process will not end: the queue asks again.
   */
  async claim(connectorId: string, owner: string): Promise<HeldRun | undefined> {
    return this.database.transaction(async (transaction) => {
      await transaction.query(`set local lock_timeout = ${LOCK_TIMEOUT_MS}`);
      const { rows } = await transaction.query<RunRow>({
        name: 'sync-run-claim',
        text: `update sync_runs
               set state = 'running', lease_owner = $2, started_at = coalesce(started_at, clock_timestamp()),
                   attempts = attempts + case when lease_owner is null then 0 else 1 end
               where connector_id = $1 and state in ('queued', 'running')
               returning *`,
        values: [connectorId, owner],
      });
      const [row] = rows;
      return row === undefined ? undefined : toHeldRun(row, owner);
    });
  }

  /** Without a failure: another worker may go on at once. @throws LeaseLost */
  async letGo(key: RunKey, transaction: Queryable): Promise<void> {
    const { rowCount } = await transaction.query({
      name: 'sync-run-let-go',
      text: `update sync_runs set lease_owner = null
             where connector_id = $1 and run_id = $2 and lease_owner = $3 and state = 'running'`,
      values: [key.connectorId, key.runId, key.leaseOwner],
    });
    if (rowCount !== 1) throw new LeaseLost();
  }

  /** For how long, says the job that is added with it. @throws LeaseLost */
  async postpone(key: RunKey, error: { code: RunErrorCode; message: string }, transaction: Queryable): Promise<void> {
    const { rowCount } = await transaction.query(
      `update sync_runs set lease_owner = null, attempts = attempts + 1, error_code = $4, error_detail = $5
       where connector_id = $1 and run_id = $2 and lease_owner = $3 and state = 'running'`,
      [key.connectorId, key.runId, key.leaseOwner, error.code, error.message],
    );
    if (rowCount !== 1) throw new LeaseLost();
  }

  /**
   * Connectors whose open run has no job that anybody will ever take up: of a version before the queue, or tried for the
   * last time without getting as far as the run.
   */
  async findOrphans(limit: number, via: Queryable): Promise<string[]> {
    const { rows } = await via.query<{ connector_id: string }>(
      `select connector_id from sync_runs r
       where state in ('queued', 'running') and not exists (
         select from graphile_worker._private_jobs j
         where j.key = $1 || r.connector_id and (j.locked_at is not null or j.attempts < j.max_attempts))
       order by created_at limit $2 for no key update skip locked`,
      [SYNC_KEY, limit],
    );
    return rows.map((row) => row.connector_id);
  }
}
