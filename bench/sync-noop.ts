import { runSql } from './bench-postgres';
import { atMost, round, secondsOf, type Bench, type Benchmark, type Outcome } from './benchmark';
import { withSandbox, type SandboxPlace } from './sandbox-process';
import { SyncStage } from './sync-stage';

const USER_TABLES = ['integrated_users', 'sip_credentials', 'registrations'];

/** A sync of an account in which nobody has changed: what it takes, and what it writes. */
export const syncNoop: Benchmark = {
  name: 'sync-noop',
  users: 100_000,
  usersOfAll: 20_000,
  measure: (bench) => withSandbox(bench.users, (place) => measure(bench, place)),
};

async function measure({ databaseUrl, users }: Bench, place: SandboxPlace): Promise<Outcome> {
  const connectorId = await newConnector(databaseUrl, place);
  const full = await observe(databaseUrl, place, connectorId);
  const noop = await observe(databaseUrl, place, connectorId);
  const ratios = {
    noopToFullSeconds: round(noop.seconds / full.seconds),
    noopToFullWal: round(noop.walBytes / full.walBytes),
  };
  return {
    figures: {
      users,
      fullSeconds: round(full.seconds),
      fullUserRowsWritten: full.rowsWritten,
      fullWalBytes: full.walBytes,
      noopSeconds: round(noop.seconds),
      noopUsersPerSecond: Math.round(users / noop.seconds),
      noopUserRowsWritten: noop.rowsWritten,
      noopDeadUserRows: noop.deadRows,
      noopWalBytes: noop.walBytes,
      noopWalBytesPerUser: round(noop.walBytes / users),
    },
    ratios,
    goals: [
      atMost('rows of user data written', noop.rowsWritten, 0),
      atMost('seconds relative to the full run', ratios.noopToFullSeconds, 0.6),
    ],
  };
}

async function newConnector(databaseUrl: string, place: SandboxPlace): Promise<string> {
  const stage = new SyncStage(databaseUrl, place);
  try {
    return await stage.connector();
  } finally {
    await stage.close();
  }
}

interface Observed {
  seconds: number;
  rowsWritten: number;
  deadRows: number;
  walBytes: number;
}

async function observe(databaseUrl: string, place: SandboxPlace, connectorId: string): Promise<Observed> {
  await runSql(databaseUrl, 'checkpoint');
  const before = await readCounters(databaseUrl);
  const stage = new SyncStage(databaseUrl, place);
  const seconds = await secondsOf(() => stage.sync(connectorId)).finally(() => stage.close());
  const after = await readCounters(databaseUrl);
  return {
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
