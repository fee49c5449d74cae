import { composePhases } from '../src/sync/compose-executor';
import type { RunContext } from '../src/sync/run-context';
import { emptyTables } from './bench-postgres';
import { atLeast, round, secondsOf, type Bench, type Benchmark, type Outcome } from './benchmark';
import { emptyUserTables, OrmUpsert, readWrittenRows, writeByCopy } from './plain-ways';
import { RememberedPages } from './remembered-pages';
import { withSandbox, type SandboxPlace } from './sandbox-process';
import { NEVER, SyncStage } from './sync-stage';

/**
 * The first sync of an account, whole and without the network, beside two plain ways to write the same rows into the
 * same tables: COPY of a text that lies ready, and the ORM's upsert. All in one run, because only ratios travel from
 * one machine to another.
 */
export const syncFull: Benchmark = {
  name: 'sync-full',
  users: 100_000,
  usersOfAll: 20_000,
  measure: (bench) => withSandbox(bench.users, (place) => measure(bench, place)),
};

async function measure({ databaseUrl, users }: Bench, place: SandboxPlace): Promise<Outcome> {
  const whole = await measureWhole(databaseUrl, place);
  await emptyTables(databaseUrl);
  const apply = await measureApply(databaseUrl, place);
  const rows = await readWrittenRows(databaseUrl);
  const orm = await OrmUpsert.prepare(databaseUrl);
  try {
    await emptyUserTables(databaseUrl);
    const copy = await secondsOf(() => writeByCopy(databaseUrl, rows));
    await emptyUserTables(databaseUrl);
    const upsert = await secondsOf(() => orm.write());
    const perSecond = (seconds: number): number => Math.round(rows.users / seconds);
    const ratios = {
      wholeToCopy: round(copy / whole),
      applyToCopy: round(copy / apply.seconds),
      applyToOrm: round(upsert / apply.seconds),
    };
    return {
      figures: {
        users,
        rowsWritten: rows.users,
        wholeSeconds: round(whole),
        wholeRowsPerSecond: perSecond(whole),
        fetchSeconds: round(apply.fetchSeconds),
        applySeconds: round(apply.seconds),
        applyRowsPerSecond: perSecond(apply.seconds),
        copySeconds: round(copy),
        copyRowsPerSecond: perSecond(copy),
        ormSeconds: round(upsert),
        ormRowsPerSecond: perSecond(upsert),
      },
      ratios,
      goals: [
        atLeast('whole sync to plain COPY', ratios.wholeToCopy, 0.2),
        atLeast('apply to plain COPY', ratios.applyToCopy, 0.45),
        atLeast('apply to TypeORM upsert', ratios.applyToOrm, 2.5),
      ],
    };
  } finally {
    await orm.close();
  }
}

async function measureWhole(databaseUrl: string, place: SandboxPlace): Promise<number> {
  const stage = new SyncStage(databaseUrl, place);
  try {
    const connectorId = await stage.connector();
    return await secondsOf(() => stage.sync(connectorId));
  } finally {
    await stage.close();
  }
}

/** Plan, encrypt and write CloudLink's users, their pages in memory and Zoom's users staged. `fetchSeconds`: to read those pages. */
async function measureApply(
  databaseUrl: string,
  place: SandboxPlace,
): Promise<{ seconds: number; fetchSeconds: number }> {
  const stage = new SyncStage(databaseUrl, place);
  try {
    const connectorId = await stage.connector();
    const run = await stage.claim(connectorId);
    const zoom = await stage.parts.grants.active(connectorId, 'zoom');
    const cloudlink = await stage.parts.grants.active(connectorId, 'cloudlink');
    const context: RunContext = {
      key: run,
      membership: 'automatic',
      cloudlinkAccountId: cloudlink.accountId,
      zoom: zoom.tokens,
      cloudlink: cloudlink.tokens,
      checkpoint: run.checkpoint,
      signal: NEVER,
    };
    await composePhases(stage.parts).zoomUsers.run(context);
    const began = performance.now();
    const pages = await RememberedPages.read(stage.parts.cloudlink, cloudlink.tokens, cloudlink.accountId, NEVER);
    const fetchSeconds = (performance.now() - began) / 1000;
    const { cloudlinkUsers } = composePhases({ ...stage.parts, cloudlink: pages });
    return { seconds: await secondsOf(() => cloudlinkUsers.run(context)), fetchSeconds };
  } finally {
    await stage.close();
  }
}
