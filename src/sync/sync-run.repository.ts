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
  hint_count: number;
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
  /** Users of Zoom that were listed; negative: are listed once more. */
  zoomUsers?: number;
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

/** Between two statements of a page lie milliseconds. */
const FROZEN_SECONDS = 20;
/** SQL: where a run of `mode` begins. A delta has no list of Zoom's users to read. */
const FIRST_PHASE = `case mode when 'delta' then 'cloudlink_users' else 'zoom_users' end`;

/**
 * The rows of sync_runs. A run that is `running` without an owner waits for its job to come round again; in whose hands
 * it comes then, RunClaimRepository knows.
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
   * First statement of every transaction that writes for a run: nobody can take the run over before it ends, and a worker
   * from whom it was taken, because it counted as dead, writes nothing any more. A frozen process must not keep the row
   * for longer than it takes to count as dead: PostgreSQL ends its session. @throws LeaseLost
   */
  async lock(key: RunKey, transaction: Queryable): Promise<HeldRun> {
    const { rows } = await transaction.query<RunRow>({
      name: 'sync-run-lock',
      text: `select *, set_config('idle_in_transaction_session_timeout', '${FROZEN_SECONDS}s', true) from sync_runs
             where connector_id = $1 and run_id = $2 and lease_owner = $3 and state = 'running' for update`,
      values: [key.connectorId, key.runId, key.leaseOwner],
    });
    const [row] = rows;
    if (row === undefined) throw new LeaseLost();
    return toHeldRun(row, key.leaseOwner);
  }

  /** HeldRun.hintCount as it is now. @throws LeaseLost */
  async hintCount(key: RunKey, via: Queryable): Promise<number> {
    const { rows } = await via.query<{ hint_count: number }>({
      name: 'sync-run-hint-count',
      text: `select hint_count from sync_runs where connector_id = $1 and run_id = $2 and lease_owner = $3 and state = 'running'`,
      values: [key.connectorId, key.runId, key.leaseOwner],
    });
    const [row] = rows;
    if (row === undefined) throw new LeaseLost();
    return row.hint_count;
  }

  async lockById(connectorId: string, runId: string, transaction: Queryable): Promise<SyncRun | undefined> {
    const { rows } = await transaction.query<RunRow>(
      'select * from sync_runs where connector_id = $1 and run_id = $2 for update',
      [connectorId, runId],
    );
    return rows[0] === undefined ? undefined : toRun(rows[0]);
  }

  /**
   * Runs that still have something to write, held still until the transaction ends, for a webhook that is about to change
   * what they have read: a page that was prepared before is prepared again. Newest first, as a run that replaces
   * older ones locks them. Lock the connector before (as an approval does), users after (as a page does).
   */
  async lockOpen(connectorId: string, transaction: Queryable): Promise<SyncRun[]> {
    const { rows } = await transaction.query<RunRow>(
      `select * from sync_runs where connector_id = $1 and state in ('queued', 'running', 'awaiting_approval')
       order by created_at desc, run_id desc for update`,
      [connectorId],
    );
    if (rows.some((row) => row.state === 'running')) {
      await transaction.query(
        `update sync_runs set hint_count = hint_count + 1 where connector_id = $1 and state = 'running'`,
        [connectorId],
      );
    }
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
                 problem_count = problem_count + $9, zoom_read_count = zoom_read_count + $10,
                 phase_started_at = case when phase = $3 then phase_started_at else clock_timestamp() end, attempts = 0, error_code = null, error_detail = null
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
        progress.zoomUsers ?? 0,
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
         set state = $3, phase = case when $3 = 'failed' then phase else 'done' end, lease_owner = null,
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

export function toHeldRun(row: RunRow, leaseOwner: string): HeldRun {
  return {
    ...toRun(row),
    leaseOwner,
    attempts: row.attempts,
    hintCount: row.hint_count,
    hasPages: Object.keys(row.checkpoint).length > 0,
    checkpoint: readCheckpoint(row.checkpoint),
  };
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
