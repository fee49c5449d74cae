import { composePhases } from '../src/sync/compose-executor';
import type { RunContext } from '../src/sync/run-context';
import { Slice } from '../src/sync/slice';
import { emptyTables } from './bench-postgres';
import { atLeast, round, secondsOf, type Bench, type Benchmark, type Outcome } from './benchmark';
import { emptyUserTables, OrmUpsert, readWrittenRows, writeByCopy } from './plain-ways';
import { RememberedPages } from './remembered-pages';
import { withRememberedSandbox } from './remembered-sandbox';
import { roundsOf } from './rounds';
import type { SandboxPlace } from './sandbox-process';
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
  measure: (bench) => withRememberedSandbox(bench, (place) => measure(bench, place)),
};

type Way = 'whole' | 'fetch' | 'apply' | 'copy' | 'orm';

async function measure({ databaseUrl, users }: Bench, place: SandboxPlace): Promise<Outcome> {
  const rounds = roundsOf(users);
  let best: Record<Way, number> | undefined;
  let rowsWritten = 0;
  for (let n = 0; n < rounds; n += 1) {
    const seconds = await measureRound(databaseUrl, place);
    rowsWritten = seconds.users;
    best = best === undefined ? seconds : bestOf(best, seconds);
  }
  if (best === undefined) throw new Error('no round was measured');
  const perSecond = (seconds: number): number => Math.round(rowsWritten / seconds);
  const ratios = {
    wholeToCopy: round(best.copy / best.whole),
    applyToCopy: round(best.copy / best.apply),
    applyToOrm: round(best.orm / best.apply),
  };
  return {
    figures: {
      users,
      rounds,
      rowsWritten,
      wholeSeconds: round(best.whole),
      wholeRowsPerSecond: perSecond(best.whole),
      fetchSeconds: round(best.fetch),
      applySeconds: round(best.apply),
      applyRowsPerSecond: perSecond(best.apply),
      copySeconds: round(best.copy),
      copyRowsPerSecond: perSecond(best.copy),
      ormSeconds: round(best.orm),
      ormRowsPerSecond: perSecond(best.orm),
    },
    ratios,
    goals: [
      atLeast('whole sync to plain COPY', ratios.wholeToCopy, 0.2),
      atLeast('apply to plain COPY', ratios.applyToCopy, 0.45),
      atLeast('apply to TypeORM upsert', ratios.applyToOrm, 2.5),
    ],
  };
}

const bestOf = (one: Record<Way, number>, other: Record<Way, number>): Record<Way, number> => ({
  whole: Math.min(one.whole, other.whole),
  fetch: Math.min(one.fetch, other.fetch),
  apply: Math.min(one.apply, other.apply),
  copy: Math.min(one.copy, other.copy),
  orm: Math.min(one.orm, other.orm),
});

async function measureRound(
  databaseUrl: string,
  place: SandboxPlace,
): Promise<Record<Way, number> & { users: number }> {
  await emptyTables(databaseUrl);
  const whole = await measureWhole(databaseUrl, place);
  await emptyTables(databaseUrl);
  const { seconds: apply, fetchSeconds: fetch } = await measureApply(databaseUrl, place);
  const rows = await readWrittenRows(databaseUrl);
  const prepared = await OrmUpsert.prepare(databaseUrl);
  try {
    await emptyUserTables(databaseUrl);
    const copy = await secondsOf(() => writeByCopy(databaseUrl, rows));
    await emptyUserTables(databaseUrl);
    const orm = await secondsOf(() => prepared.write());
    return { users: rows.users, whole, fetch, apply, copy, orm };
  } finally {
    await prepared.close();
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
      deltaFrom: null,
      cloudlinkAccountId: cloudlink.accountId,
      zoom: zoom.tokens,
      cloudlink: cloudlink.tokens,
      checkpoint: run.checkpoint,
      signal: NEVER,
      slice: new Slice(Infinity),
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
