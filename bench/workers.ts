import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { addSyncJob } from '../src/sync/sync-jobs';
import { emptyTables } from './bench-postgres';
import { atMost, round, secondsOf, type Bench, type Benchmark, type Outcome } from './benchmark';
import { withSandbox, type SandboxPlace } from './sandbox-process';
import { SyncStage } from './sync-stage';
import { WorkerFleet } from './worker-fleet';

const CONNECTORS = 200;
const PROCESSES = [1, 2, 4];
const EMPTY_JOBS = 10_000;
/** Twenty pages of CloudLink and ten of Zoom. */
const LARGE_ACCOUNT = 20_000;
const SLICE_ROUNDS = 3;
/** As the program's, in src/sync/slice.ts. */
const SLICE_SECONDS = 5;
const NO_SLICES = 1e9;

/**
 * Several worker processes on one database, one queue and one provider, which is a process of its own: how much more they
 * do together, how evenly, and what the queue itself costs. On a machine with fewer processors than processes the
 * figures say what sharing costs, not what it brings.
 */
export const workers: Benchmark = { name: 'workers', users: 1_000, usersOfAll: 20, measure };

async function measure({ databaseUrl, users }: Bench): Promise<Outcome> {
  const figures: Record<string, number> = { users, connectors: CONNECTORS };
  const ratios: Record<string, number> = {};
  let lost = 0;
  await withSandbox(users, async (place) => {
    const seconds = new Map<number, number>();
    for (const processes of PROCESSES) {
      const seen = await measureRuns(databaseUrl, place, processes);
      lost += seen.lost;
      seconds.set(processes, seen.seconds);
      figures[`secondsWith${processes}`] = round(seen.seconds);
      figures[`usersPerSecondWith${processes}`] = Math.round((CONNECTORS * users) / seen.seconds);
      for (const name of ['first', 'median', 'last'] as const)
        figures[`${name}FinishedWith${processes}`] = round(seen[name] / seen.seconds);
      if (processes > 1) ratios[`${processes}ToOne`] = round((seconds.get(1) ?? NaN) / seen.seconds);
    }
    figures['emptyJobsPerSecond'] = Math.round(EMPTY_JOBS / (await measureEmptyJobs(databaseUrl, place)));
  });
  await withSandbox(LARGE_ACCOUNT, async (place) => {
    const milliseconds = await measureSlices(databaseUrl, place);
    figures['millisecondsPerSlice'] = round(milliseconds);
    ratios['sliceOverheadToSlice'] = round(milliseconds / 1000 / SLICE_SECONDS);
    figures['secondsFromKillToNextPage'] = round(await measureKill(databaseUrl, place));
  });
  return {
    figures,
    ratios,
    goals: [
      atMost('connectors that failed or whose rows are not exact', lost, 0),
      atMost('seconds from a kill to the next page', figures['secondsFromKillToNextPage'] ?? NaN, 15),
    ],
  };
}

interface Finish {
  seconds: number;
  /** Seconds from the beginning. */
  first: number;
  median: number;
  last: number;
  lost: number;
}

async function measureRuns(databaseUrl: string, place: SandboxPlace, processes: number): Promise<Finish> {
  return withStage(databaseUrl, place, async (stage, fleet) => {
    const connectors = await makeConnectors(stage, CONNECTORS);
    for (let n = 0; n < processes; n += 1) await fleet.start(NO_CHANGE);
    const began = await stage.query<{ at: Date }>('select clock_timestamp() as at');
    const seconds = await secondsOf(async () => {
      await enqueue(stage, connectors);
      await stage.until(`not exists (select from sync_runs where finished_at is null)`);
    });
    const rows = await stage.query<{ at: number; exact: boolean }>(
      `select extract(epoch from finished_at - $1::timestamptz)::float8 as at,
              state = 'succeeded' and read_count = (select max(read_count) from sync_runs) and created_count = (
                select count(*) from integrated_users u where u.connector_id = r.connector_id) as exact
       from sync_runs r order by finished_at`,
      [began[0]?.at],
    );
    const at = (index: number): number => rows[index]?.at ?? NaN;
    const exact = rows.filter((row) => row.exact).length;
    return {
      seconds,
      first: at(0),
      median: at(Math.floor(rows.length / 2)),
      last: at(rows.length - 1),
      lost: CONNECTORS - exact,
    };
  });
}

/** One process with the program's own settings. */
async function measureEmptyJobs(databaseUrl: string, place: SandboxPlace): Promise<number> {
  return withStage(databaseUrl, place, async (stage, fleet) => {
    await fleet.start(NO_CHANGE);
    return secondsOf(async () => {
      await stage.query(
        `select count(graphile_worker.add_job('nothing', json_build_object('n', n))) from generate_series(1, $1) n`,
        [EMPTY_JOBS],
      );
      await stage.until(`not exists (select from graphile_worker._private_jobs)`);
    });
  });
}

/** What it costs to let go of a run and to take it up again: a run in slices of one page beside one in a single slice. */
async function measureSlices(databaseUrl: string, place: SandboxPlace): Promise<number> {
  const runOf = (sliceSeconds: number): Promise<number> =>
    withStage(databaseUrl, place, async (stage, fleet) => {
      await fleet.start({ sliceSeconds });
      const connectors = await makeConnectors(stage, 1);
      return secondsOf(async () => {
        await enqueue(stage, connectors);
        await stage.until(`not exists (select from sync_runs where finished_at is null)`);
      });
    });
  const whole: number[] = [];
  const sliced: number[] = [];
  for (let n = 0; n < SLICE_ROUNDS; n += 1) {
    whole.push(await runOf(NO_SLICES));
    sliced.push(await runOf(0));
  }
  // Nine pages of Zoom's and nineteen of CloudLink's have another one after them.
  const slices = LARGE_ACCOUNT / 2000 - 1 + (LARGE_ACCOUNT / 1000 - 1);
  return ((Math.min(...sliced) - Math.min(...whole)) * 1000) / slices;
}

/** One of two processes is killed in the middle of a run. */
async function measureKill(databaseUrl: string, place: SandboxPlace): Promise<number> {
  return withStage(databaseUrl, place, async (stage, fleet) => {
    for (let n = 0; n < 2; n += 1) await fleet.start(NO_CHANGE);
    await enqueue(stage, await makeConnectors(stage, 1));
    await stage.until(`exists (select from sync_runs where read_count > 0)`);
    const [run] = await stage.query<{ pid: string }>(
      `select split_part(lease_owner, '/', 2) as pid from sync_runs where lease_owner is not null`,
    );
    await fleet.kill(Number(run?.pid));
    const [killed] = await stage.query<{ read: number }>('select read_count as read from sync_runs');
    return secondsOf(() => stage.until(`exists (select from sync_runs where read_count > ${killed?.read ?? 0})`));
  });
}

const NO_CHANGE = { sliceSeconds: undefined };
/** Between two looks of whoever waits: what is measured takes seconds. */
const LOOK_MS = 20;

class WatchedStage extends SyncStage {
  async query<R extends object>(sql: string, values: unknown[] = []): Promise<R[]> {
    return (await this.database.query(sql, values)).rows as R[];
  }

  async until(condition: string): Promise<void> {
    for (;;) {
      const [row] = await this.query<{ ok: boolean }>(`select ${condition} as ok`);
      if (row?.ok === true) return;
      await sleep(LOOK_MS);
    }
  }
}

async function withStage<T>(
  databaseUrl: string,
  place: SandboxPlace,
  work: (stage: WatchedStage, fleet: WorkerFleet) => Promise<T>,
): Promise<T> {
  await emptyTables(databaseUrl);
  const key = randomBytes(32);
  const stage = new WatchedStage(databaseUrl, place, { key });
  const fleet = new WorkerFleet({ databaseUrl, key: key.toString('base64'), place });
  try {
    await stage.query('truncate connectors, graphile_worker._private_jobs cascade');
    return await work(stage, fleet);
  } finally {
    await fleet.stop();
    await stage.close();
  }
}

/** The schedule finds them in a day. */
async function makeConnectors(stage: WatchedStage, count: number): Promise<string[]> {
  const connectors: string[] = [];
  for (let n = 0; n < count; n += 1) connectors.push(await stage.connector());
  await stage.query(`update connectors set next_sync_at = now() + interval '1 day'`);
  return connectors;
}

async function enqueue(stage: WatchedStage, connectors: string[]): Promise<void> {
  await stage.database.transaction(async (transaction) => {
    for (const connectorId of connectors) {
      await stage.runs.enqueue(connectorId, 'manual', transaction);
      await addSyncJob(connectorId, transaction);
    }
  });
}
