import type { Database, Queryable } from '../platform/database/database';
import { readCheckpoint, type Checkpoint } from './checkpoint';
import { DELTA_ALLOWED } from './delta-allowed';
import type { RunErrorCode } from './run-error-code';
import { LeaseLost } from './run-failure';
import { OVERLAP_SECONDS, type RunMode } from './run-mode';
import { moveRun, statesBefore } from './run-transitions';
import type { HeldRun, RunCounts, RunKey, RunPhase, RunState, RunTrigger, SyncRun } from './sync-run';

export interface RunRow {
  connector_id: string;
  run_id: string;
  trigger: RunTrigger;
  mode: RunMode;
  state: RunState;
  phase: RunPhase;
  checkpoint: Partial<Checkpoint>;
  read_count: number;
  created_count: number;
  updated_count: number;
  unchanged_count: number;
  removed_count: number;
  problem_count: number;
  missing_count: number;
  attempts: number;
  lease_owner: string | null;
  error_code: string | null;
  error_detail: string | null;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
}

export interface Progress {
  phase: RunPhase;
  checkpoint: Checkpoint;
  counts: Partial<RunCounts>;
}

export interface Ending {
  state: 'succeeded' | 'failed' | 'awaiting_approval';
  counts?: Partial<RunCounts>;
  error?: { code: RunErrorCode; message: string };
}

/**
 * In a large account somebody always changes something, and every webhook asks for a sync: after a run a connector rests
 * four times as long as the run took, but not longer than this, so that syncing never takes all of the time.
 */
const REST_PER_RUN = 4;
const LONGEST_REST_SECONDS = 600;

/** SQL: where a run of `mode` begins. A delta has no list of Zoom's users to read. */
const FIRST_PHASE = `case mode when 'delta' then 'cloudlink_users' else 'zoom_users' end`;

/**
 * The rows of sync_runs. Leases are told by the clock of the database alone: workers on several machines share it.
 * A run that is `running` without an owner waits until lease_until for its next attempt.
 */
export class SyncRunRepository {
  constructor(private readonly database: Database) {}

  /**
   * The run that is open now: a new one, or the one that was. The partial unique index makes two impossible. A wanted
   * delta is one only where that is possible; a wanted full run is one unless a delta is running already.
   */
  async enqueue(
    connectorId: string,
    trigger: RunTrigger,
    via: Queryable = this.database,
    wanted: RunMode = 'full',
  ): Promise<SyncRun & { isNew: boolean }> {
    for (;;) {
      const inserted = await via.query<RunRow>(
        `with chosen as (
           select case when $3 = 'delta' and (select ${DELTA_ALLOWED} from connectors c where c.connector_id = $1)
                       then 'delta' else 'full' end as mode
         )
         insert into sync_runs (connector_id, run_id, trigger, mode, phase)
         select $1, gen_random_uuid(), $2, mode, ${FIRST_PHASE} from chosen
         on conflict (connector_id) where state in ('queued', 'running') do nothing returning *`,
        [connectorId, trigger, wanted],
      );
      if (wanted === 'full') await this.widenQueued(connectorId, via);
      const open = inserted.rows[0] ?? (await this.findOpen(connectorId, via));
      // None of both: the open one has ended in between.
      if (open !== undefined) return { ...toRun(open), isNew: inserted.rows[0] !== undefined };
    }
  }

  /** A delta that nobody has begun yet may as well be the full run that is wanted. */
  private async widenQueued(connectorId: string, via: Queryable): Promise<void> {
    await via.query(
      `update sync_runs set mode = 'full', phase = 'zoom_users'
       where connector_id = $1 and state = 'queued' and mode = 'delta'`,
      [connectorId],
    );
  }

  private async findOpen(connectorId: string, via: Queryable): Promise<RunRow | undefined> {
    const { rows } = await via.query<RunRow>(
      `select * from sync_runs where connector_id = $1 and state in ('queued', 'running')`,
      [connectorId],
    );
    return rows[0];
  }

  /**
   * Enqueues a run for every active connector that is due and sets when it is due again: ± 10 %, so that connectors
   * which were made together do not call the providers together for ever. A connector that was never due is due now.
   * One whose run is open stays due: what was asked for meanwhile needs a run that begins after it was asked.
   * Full runs have an interval of their own (by default every run is one); between them runs are deltas where that is
   * possible, but not after a silence of two intervals, in which webhooks may have been lost.
   */
  async enqueueDue(intervalSeconds: number, fullIntervalSeconds: number = intervalSeconds): Promise<string[]> {
    const { rows } = await this.database.query<{ connector_id: string }>(
      `with due as (
         select connector_id,
                case when $2::int > $1::int and next_full_sync_at > now() and synced_at > now() - make_interval(secs => 2 * $1::int + $3::int)
                       and ${DELTA_ALLOWED} then 'delta' else 'full' end as mode
         from connectors c
         where state = 'active' and (next_sync_at is null or next_sync_at <= now())
           and not exists (select from sync_runs r where r.connector_id = c.connector_id and r.state in ('queued', 'running'))
         order by next_sync_at nulls first limit 200 for no key update skip locked
       ), moved as (
         update connectors c set next_sync_at = now() + make_interval(secs => $1 * (0.9 + 0.2 * random())),
           next_full_sync_at = case due.mode when 'full' then now() + make_interval(secs => $2 * (0.9 + 0.2 * random()))
                                             else c.next_full_sync_at end
         from due where c.connector_id = due.connector_id
         returning c.connector_id, due.mode
       )
       insert into sync_runs (connector_id, run_id, trigger, mode, phase)
       select m.connector_id, gen_random_uuid(),
              case when exists (select from sync_runs r where r.connector_id = m.connector_id) then 'schedule' else 'connect' end,
              mode, ${FIRST_PHASE}
       from moved m
       on conflict (connector_id) where state in ('queued', 'running') do nothing
       returning connector_id`,
      [intervalSeconds, fullIntervalSeconds, OVERLAP_SECONDS],
    );
    return rows.map((row) => row.connector_id);
  }

  /**
   * Takes the oldest run that nobody works on: queued, due for its next attempt, or left behind by a worker that died.
   * The latter counts as a failed attempt: a page that kills its worker must not be tried for ever.
   */
  async claim(owner: string, leaseSeconds: number): Promise<HeldRun | undefined> {
    const { rows } = await this.database.query<RunRow>({
      name: 'sync-run-claim',
      text: `update sync_runs r
             set state = 'running', lease_owner = $1, lease_until = clock_timestamp() + make_interval(secs => $2),
                 started_at = coalesce(r.started_at, clock_timestamp()),
                 attempts = r.attempts + case when r.lease_owner is null then 0 else 1 end
             from (select connector_id, run_id from sync_runs
                   where state = 'queued' or (state = 'running' and lease_until <= clock_timestamp())
                   order by created_at limit 1 for update skip locked) free
             where r.connector_id = free.connector_id and r.run_id = free.run_id
             returning r.*`,
      values: [owner, leaseSeconds],
    });
    const [row] = rows;
    return row === undefined ? undefined : toHeldRun(row, owner);
  }

  /** @returns false when somebody else holds the run now */
  async renew(key: RunKey, leaseSeconds: number): Promise<boolean> {
    const { rowCount } = await this.database.query(
      `update sync_runs set lease_until = clock_timestamp() + make_interval(secs => $4)
       where connector_id = $1 and run_id = $2 and lease_owner = $3 and state = 'running'`,
      [key.connectorId, key.runId, key.leaseOwner, leaseSeconds],
    );
    return rowCount === 1;
  }

  /** First statement of every transaction that writes for a run: nobody can take the run over before it ends. @throws LeaseLost */
  async lock(key: RunKey, transaction: Queryable): Promise<HeldRun> {
    const { rows } = await transaction.query<RunRow>({
      name: 'sync-run-lock',
      text: `select * from sync_runs where connector_id = $1 and run_id = $2 and lease_owner = $3 and state = 'running' for update`,
      values: [key.connectorId, key.runId, key.leaseOwner],
    });
    const [row] = rows;
    if (row === undefined) throw new LeaseLost();
    return toHeldRun(row, key.leaseOwner);
  }

  async lockById(connectorId: string, runId: string, transaction: Queryable): Promise<SyncRun | undefined> {
    const { rows } = await transaction.query<RunRow>(
      'select * from sync_runs where connector_id = $1 and run_id = $2 for update',
      [connectorId, runId],
    );
    return rows[0] === undefined ? undefined : toRun(rows[0]);
  }

  /**
   * Runs that still have something to write, held still until the transaction ends. Newest first, as a run that replaces
   * older ones locks them. Lock the connector before (as an approval does), users after (as a page does).
   */
  async lockOpen(connectorId: string, transaction: Queryable): Promise<SyncRun[]> {
    const { rows } = await transaction.query<RunRow>(
      `select * from sync_runs where connector_id = $1 and state in ('queued', 'running', 'awaiting_approval')
       order by created_at desc, run_id desc for update`,
      [connectorId],
    );
    return rows.map((row) => toRun(row));
  }

  async isNewest(run: SyncRun, via: Queryable): Promise<boolean> {
    const { rows } = await via.query<{ run_id: string }>(
      'select run_id from sync_runs where connector_id = $1 order by created_at desc, run_id desc limit 1',
      [run.connectorId],
    );
    return rows[0]?.run_id === run.runId;
  }

  /** Stores how far the run has come. A stored page proves that it gets on: failed attempts are forgotten. */
  async saveProgress(key: RunKey, progress: Progress, transaction: Queryable): Promise<void> {
    const { counts } = progress;
    await transaction.query({
      name: 'sync-run-progress',
      text: `update sync_runs
             set phase = $3, checkpoint = $4, read_count = read_count + $5, created_count = created_count + $6,
                 updated_count = updated_count + $7, unchanged_count = unchanged_count + $8,
                 problem_count = problem_count + $9, attempts = 0, error_code = null, error_detail = null
             where connector_id = $1 and run_id = $2`,
      values: [
        key.connectorId,
        key.runId,
        progress.phase,
        JSON.stringify(progress.checkpoint),
        counts.read ?? 0,
        counts.created ?? 0,
        counts.updated ?? 0,
        counts.unchanged ?? 0,
        counts.problems ?? 0,
      ],
    });
  }

  /**
   * A delta that cannot go on begins again as a full run. What it has created and changed stays counted: the full run
   * finds that unchanged, and does not count again whom the run has seen. What it has read and reported is read anew.
   */
  async becomeFull(key: RunKey, checkpoint: Checkpoint, transaction: Queryable): Promise<void> {
    await transaction.query(
      `update sync_runs set mode = 'full', phase = 'zoom_users', checkpoint = $3, read_count = 0, problem_count = 0
       where connector_id = $1 and run_id = $2`,
      [key.connectorId, key.runId, JSON.stringify(checkpoint)],
    );
  }

  /** Lets go of the run without a failure: another worker may go on at once. */
  async release(key: RunKey): Promise<void> {
    await this.database.query(
      `update sync_runs set lease_owner = null, lease_until = clock_timestamp()
       where connector_id = $1 and run_id = $2 and lease_owner = $3 and state = 'running'`,
      [key.connectorId, key.runId, key.leaseOwner],
    );
  }

  /** The run waits in the database, not in memory, so that a restart does not shorten or lose the wait. */
  async postpone(
    key: RunKey,
    seconds: number,
    error: { code: RunErrorCode; message: string },
    transaction: Queryable,
  ): Promise<void> {
    await transaction.query(
      `update sync_runs set lease_owner = null, lease_until = clock_timestamp() + make_interval(secs => $4),
              attempts = attempts + 1, error_code = $5, error_detail = $6
       where connector_id = $1 and run_id = $2 and lease_owner = $3 and state = 'running'`,
      [key.connectorId, key.runId, key.leaseOwner, seconds, error.code, error.message],
    );
  }

  /**
   * With `succeeded` both sides have been read whole, or what has changed since they were, and the connector is as fresh
   * as that. The next delta asks for what has changed since this run began. Whoever ends a run so must
   * hold its connector's row already (SyncedConnectorRepository), before the row of the run: everybody locks in this order.
   * @throws IllegalRunTransition
   */
  async end(run: SyncRun, ending: Ending, transaction: Queryable): Promise<SyncRun> {
    const counts = ending.counts ?? {};
    const { rows } = await transaction.query<RunRow>(
      `with ended as (
         update sync_runs
         set state = $3, phase = case when $3 = 'failed' then phase else 'done' end, lease_owner = null, lease_until = null,
             finished_at = clock_timestamp(), error_code = $4, error_detail = $5, updated_count = updated_count + $6,
             removed_count = removed_count + $7, missing_count = coalesce($8, missing_count)
         where connector_id = $1 and run_id = $2 returning *
       ), fresh as (
         update connectors c set synced_at = e.finished_at,
           delta_from = greatest(c.delta_from, e.started_at - make_interval(secs => $11)),
           delta_refused_at = case e.mode when 'full' then c.delta_refused_at end,
           delta_refused_reason = case e.mode when 'full' then c.delta_refused_reason end,
           next_sync_at = greatest(c.next_sync_at,
           e.finished_at + least(make_interval(secs => $9), $10::int * (e.finished_at - e.started_at))) from ended e
         where c.connector_id = e.connector_id and e.state = 'succeeded'
       )
       select * from ended`,
      [
        run.connectorId,
        run.runId,
        moveRun(run.state, ending.state),
        ending.error?.code ?? null,
        ending.error?.message ?? null,
        counts.updated ?? 0,
        counts.removed ?? 0,
        counts.missing ?? null,
        LONGEST_REST_SECONDS,
        REST_PER_RUN,
        OVERLAP_SECONDS,
      ],
    );
    const [row] = rows;
    if (row === undefined) throw new LeaseLost();
    return toRun(row);
  }

  /** Runs that wait for approval end when a newer one begins: what they have read is no longer the newest truth. */
  async supersede(newer: SyncRun, transaction: Queryable): Promise<void> {
    await transaction.query(
      `update sync_runs set state = 'failed', error_code = 'superseded',
              error_detail = 'A newer run has replaced this one before anybody approved it. Nobody was removed.'
       where connector_id = $1 and run_id <> $2 and state = 'awaiting_approval' and state = any($3)`,
      [newer.connectorId, newer.runId, statesBefore('failed')],
    );
  }
}

function toHeldRun(row: RunRow, leaseOwner: string): HeldRun {
  return { ...toRun(row), leaseOwner, attempts: row.attempts, checkpoint: readCheckpoint(row.checkpoint) };
}

export function toRun(row: RunRow): SyncRun {
  return {
    connectorId: row.connector_id,
    runId: row.run_id,
    trigger: row.trigger,
    mode: row.mode,
    state: row.state,
    phase: row.phase,
    counts: {
      read: row.read_count,
      created: row.created_count,
      updated: row.updated_count,
      unchanged: row.unchanged_count,
      removed: row.removed_count,
      problems: row.problem_count,
      missing: row.missing_count,
    },
    error: row.error_code === null ? null : { code: row.error_code, message: row.error_detail ?? '' },
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}
