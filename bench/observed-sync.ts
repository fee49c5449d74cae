import type { RunMode } from '../src/sync/run-mode';
import type { SyncRun } from '../src/sync/sync-run';
import { runSql } from './bench-postgres';
import { secondsOf } from './benchmark';
import type { SandboxPlace } from './sandbox-process';
import { SyncStage } from './sync-stage';

const USER_TABLES = ['integrated_users', 'sip_credentials', 'registrations'];

export async function newConnector(databaseUrl: string, place: SandboxPlace): Promise<string> {
  const stage = new SyncStage(databaseUrl, place);
  try {
    return await stage.connector();
  } finally {
    await stage.close();
  }
}

/** What one run took, and what it wrote. */
export interface Observed {
  run: SyncRun;
  seconds: number;
  /** Rows of user data: no checkpoints, nothing that a run stages. */
  rowsWritten: number;
  deadRows: number;
  walBytes: number;
}

export async function observe(
  databaseUrl: string,
  place: SandboxPlace,
  connectorId: string,
  mode: RunMode = 'full',
): Promise<Observed> {
  await runSql(databaseUrl, 'checkpoint');
  const before = await readCounters(databaseUrl);
  const stage = new SyncStage(databaseUrl, place);
  let run: SyncRun | undefined;
  const seconds = await secondsOf(async () => (run = await stage.sync(connectorId, mode))).finally(() => stage.close());
  if (run?.mode !== mode) throw new Error(`the run was to be ${mode} and became ${run?.mode}`);
  const after = await readCounters(databaseUrl);
  return {
    run,
    seconds,
    rowsWritten: after.written - before.written,
    deadRows: after.dead - before.dead,
    walBytes: after.wal - before.wal,
  };
}

/** Connections publish what they counted when they close, which those of the stage have done by now. */
async function readCounters(databaseUrl: string): Promise<{ written: number; dead: number; wal: number }> {
  const [row] = await runSql<{ written: string; dead: string; wal: string }>(
    databaseUrl,
    `select sum(n_tup_ins + n_tup_upd + n_tup_del) as written, sum(n_tup_upd + n_tup_del) as dead,
            pg_current_wal_insert_lsn() - '0/0' as wal
     from pg_stat_user_tables where relname = any($1)`,
    [USER_TABLES],
  );
  return { written: Number(row?.written), dead: Number(row?.dead), wal: Number(row?.wal) };
}
