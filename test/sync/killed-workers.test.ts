import { setTimeout as sleep } from 'node:timers/promises';
import { ACCOUNTS } from '../../sandbox/accounts';
import { startSandbox, type RunningSandbox } from '../../sandbox/server';
import { SandboxClient } from '../../sandbox/testing/client';
import { Database } from '../../src/platform/database/database';
import type { SyncRun } from '../../src/sync/sync-run';
import { toBits } from '../../src/users/changes/change-kinds';
import { until } from '../support/program';
import { SyncHarness } from './sync-harness';
import { WorkerProcesses, type WorkerOrder, type WorkerProcess } from './worker-processes';

const USERS = 240;
const PAGE = 10;
const KILLS = 50;
const WORKERS = 3;
/** As many runs are open at any time that every worker has something in hand. */
const OPEN_RUNS = 9;

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Worker processes on a real PostgreSQL, with the sandbox over HTTP. */
describe('worker processes', () => {
  let sync: SyncHarness;
  let sandbox: RunningSandbox;
  let workers: WorkerProcesses;
  let order: WorkerOrder;

  beforeEach(async () => {
    sync = await SyncHarness.open();
    sandbox = await startSandbox({ port: 0, users: USERS });
    const client = new SandboxClient(sandbox);
    const [account] = ACCOUNTS;
    order = {
      databaseUrl: sync.url,
      key: sync.key.toString('base64'),
      urls: sandbox.urls,
      accountId: { zoom: account?.zoomAccountId ?? '', cloudlink: account?.cloudlinkAccountId ?? '' },
      token: {
        zoom: (await client.zoomLogin()).accessToken,
        cloudlink: (await client.cloudlinkLogin()).accessToken,
      },
      pageSize: PAGE,
      pageMs: 15,
      slots: 2,
    };
    workers = new WorkerProcesses(order);
  });
  afterEach(async () => {
    await workers.killAll();
    await sandbox.stop();
    await sync.close();
  });

  async function begin(): Promise<SyncRun> {
    return sync.syncRuns.enqueue(await sync.connector(), 'manual');
  }

  const ended = (run: SyncRun): Promise<SyncRun> =>
    until(
      'a run to end',
      async () => {
        const now = await sync.syncRuns.get(run.connectorId, run.runId);
        return now.finishedAt === null ? undefined : now;
      },
      60_000,
    );

  const count = async (sql: string, values: unknown[] = []): Promise<number> =>
    (await sync.database.query<{ n: number }>(`select count(*)::int as n from ${sql}`, values)).rows[0]?.n ?? NaN;

  const openRuns = (): Promise<number> => count(`sync_runs where state in ('queued', 'running')`);

  /** What CloudLink lists: the hashes of every item, by email. An email may have several items, of which one counts. */
  async function listItems(): Promise<{ items: number; hashesOf: Map<string, string[]> }> {
    const path = `/2017-09-01/accounts/${order.accountId.cloudlink}/psi/users?$top=1000`;
    const answer = await fetch(`${order.urls.cloudlinkAdmin}${path}`, {
      headers: { authorization: `Bearer ${order.token.cloudlink}` },
    });
    const { _embedded } = (await answer.json()) as {
      _embedded: { items: { email?: string; sip?: { credentials?: { ha1: string }[] } }[] };
    };
    const hashesOf = new Map<string, string[]>();
    for (const { email = '', sip } of _embedded.items) {
      const known = hashesOf.get(email.toLowerCase()) ?? [];
      hashesOf.set(email.toLowerCase(), [...known, hashKey((sip?.credentials ?? []).map(({ ha1 }) => ha1))]);
    }
    return { items: _embedded.items.length, hashesOf };
  }

  async function storedHashes(connectorId: string): Promise<{ email: string; hashes: string }[]> {
    const cipher = await sync.ciphers.for(connectorId);
    const { rows } = await sync.database.query<{
      userId: string;
      email: string;
      md5: Buffer | null;
      sha256: Buffer | null;
    }>(
      `select user_id as "userId", email, md5_ha1 as md5, sha256_ha1 as sha256
       from integrated_users join sip_credentials using (connector_id, user_id) where connector_id = $1 order by email`,
      [connectorId],
    );
    return rows.map(({ userId: row, email, md5, sha256 }) => {
      const opened: string[] = [];
      if (md5 !== null) opened.push(cipher.open(md5, { column: 'sip_credentials.md5_ha1', row }));
      if (sha256 !== null) opened.push(cipher.open(sha256, { column: 'sip_credentials.sha256_ha1', row }));
      return { email, hashes: hashKey(opened) };
    });
  }

  it(`of which ${KILLS} are killed at random moments lose nothing and do nothing twice`, async () => {
    const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);
    const random = randomFrom(seed);
    const chosen = <T>(items: T[]): T => items[Math.floor(random() * items.length)] as T;
    workers = new WorkerProcesses({ ...order, sliceSeconds: 0.4, deadWorkers: { beatMs: 200, unheldSeconds: 1 } });
    try {
      // What becomes of a run that nobody disturbs.
      await workers.start().ready;
      const undisturbed = await ended(await begin());
      expect(undisturbed).toMatchObject({ state: 'succeeded', counts: { unchanged: 0, updated: 0 } });
      const { counts } = undisturbed;
      const expected = await sync.endState(undisturbed.connectorId);
      const { items, hashesOf } = await listItems();
      expect([counts.read, counts.created]).toEqual([items, expected.length]);

      const runs: SyncRun[] = [];
      let hits = 0;
      for (let n = 2; n < WORKERS; n += 1) await workers.start().ready;
      for (let kill = 0; kill < KILLS; kill += 1) {
        const newcomer = workers.start();
        while ((await openRuns()) < OPEN_RUNS) runs.push(await begin());
        await Promise.all([newcomer.ready, sleep(50 + random() * 450)]);
        const victim = chosen(workers.all);
        await victim.kill('SIGKILL');
        // For a second nobody takes it out of its hands.
        if ((await count(`sync_runs where state = 'running' and lease_owner like $1`, [`%/${victim.pid}/%`])) > 0)
          hits += 1;
      }
      const all = await Promise.all(runs.map(ended));

      expect(all.filter((run) => run.state !== 'succeeded')).toEqual([]);
      expect(new Set(all.map((run) => JSON.stringify(run.counts)))).toEqual(new Set([JSON.stringify(counts)]));
      for (const { connectorId } of all) {
        expect(await sync.endState(connectorId)).toEqual(expected);
        const stored = await storedHashes(connectorId);
        expect(stored.length).toBeGreaterThan(USERS / 2);
        expect(stored.filter(({ email, hashes }) => hashesOf.get(email)?.includes(hashes) !== true)).toEqual([]);
        const { rows } = await sync.database.query<{ kinds: number; n: number }>(
          'select kinds, count(*)::int as n from user_changes where connector_id = $1 group by user_id, kinds',
          [connectorId],
        );
        const isOneAdded = ({ kinds, n }: { kinds: number; n: number }): boolean =>
          n === 1 && (kinds & toBits(['added'])) !== 0;
        expect([rows.length, rows.filter((row) => !isOneAdded(row))]).toEqual([counts.created, []]);
      }
      expect(await count('sync_run_seen')).toBe(0);
      await until('the jobs to be gone', async () => ((await sync.jobs()).length === 0 ? true : undefined), 10_000);
      // Most have hit a worker with a run in its hands: otherwise this test shows nothing.
      expect(hits).toBeGreaterThan(KILLS / 2);
    } catch (error) {
      throw new Error(`with KILL_SEED=${seed}`, { cause: error });
    }
  }, 300_000);

  /** A run whose third page has just been stored, and who works on it. */
  async function inTheMiddle(changes: Partial<WorkerOrder> = {}): Promise<{ run: SyncRun; worker: WorkerProcess }> {
    const worker = workers.start({ pageMs: 60, ...changes });
    await worker.ready;
    const run = await begin();
    await until('pages', async () =>
      (await sync.syncRuns.get(run.connectorId, run.runId)).counts.read >= 3 * PAGE ? true : undefined,
    );
    return { run, worker };
  }

  const attemptsOf = (run: SyncRun): Promise<number> =>
    count('sync_runs where run_id = $1 and attempts > 0', [run.runId]);

  it('that are told to stop let go of the run, and another one goes on with it at once', async () => {
    // More than six seconds of pages are left when the first one is told to stop.
    const pair = [workers.start({ pageMs: 300 }), workers.start({ pageMs: 300 })];
    await Promise.all(pair.map((worker) => worker.ready));
    const run = await begin();
    const holds = (worker: WorkerProcess): Promise<number> =>
      count(`sync_runs where run_id = $1 and state = 'running' and lease_owner like $2`, [
        run.runId,
        `%/${worker.pid}/%`,
      ]);
    const holder = await until('a worker with pages of the run', async () => {
      if ((await sync.syncRuns.get(run.connectorId, run.runId)).counts.read < 3 * PAGE) return undefined;
      const held = await Promise.all(pair.map(holds));
      return pair.find((_, index) => held[index] === 1);
    });
    await holder.kill('SIGTERM');
    const stopped = performance.now();
    expect(await attemptsOf(run)).toBe(0);
    expect((await sync.syncRuns.get(run.connectorId, run.runId)).finishedAt).toBeNull();
    const [other] = workers.all;
    await until('the other one to go on', async () =>
      other !== undefined && (await holds(other)) === 1 ? true : undefined,
    );
    // Sooner than anybody counts as dead.
    expect(performance.now() - stopped).toBeLessThan(4_000);
    expect(await ended(run)).toMatchObject({ state: 'succeeded', counts: { unchanged: 0, updated: 0 } });
  });

  it('that are killed are followed within 15 seconds, by one that was there or by one that starts', async () => {
    const { run, worker } = await inTheMiddle();
    for (const isThere of [true, false]) {
      if (isThere) await workers.start({ pageMs: 60 }).ready;
      const { read } = (await sync.syncRuns.get(run.connectorId, run.runId)).counts;
      await (isThere ? worker.kill('SIGKILL') : workers.killAll());
      const killed = performance.now();
      if (!isThere) workers.start({ pageMs: 60 });
      await until('the next page', async () => {
        const now = await sync.syncRuns.get(run.connectorId, run.runId);
        // On a busy machine the first of the two may have come close to the end.
        return now.counts.read > read + PAGE || now.finishedAt !== null ? true : undefined;
      });
      expect(performance.now() - killed).toBeLessThan(15_000);
    }
    expect(await ended(run)).toMatchObject({ state: 'succeeded', counts: { unchanged: 0 } });
  });

  it('outlive a database that is away for a while', async () => {
    const { run, worker } = await inTheMiddle();
    const name = new URL(sync.url).pathname.slice(1);
    const admin = new Database(process.env['TEST_POSTGRES_URL'] ?? '', { max: 1 });
    const away = async (isAway: boolean): Promise<void> => {
      await admin.query('update pg_database set datallowconn = $2 where datname = $1', [name, !isAway]);
      if (isAway)
        await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    };
    try {
      await away(true);
      await sleep(4_000);
    } finally {
      await away(false);
      await admin.close();
    }
    const done = await ended(run);
    expect(done).toMatchObject({ state: 'succeeded', counts: { unchanged: 0, updated: 0 } });
    expect(done.counts.read).toBe((await listItems()).items);
    // The same process: it still works.
    expect(workers.all).toEqual([worker]);
    expect(await ended(await begin())).toMatchObject({ state: 'succeeded', counts: done.counts });
  });

  it('that stand still count as dead, and write nothing when they wake up', async () => {
    const quick = { beatMs: 200, unheldSeconds: 1, silentSeconds: 2 };
    const { run, worker } = await inTheMiddle({ deadWorkers: quick });
    process.kill(worker.pid, 'SIGSTOP');
    const { read } = (await sync.syncRuns.get(run.connectorId, run.runId)).counts;
    await workers.start({ deadWorkers: quick }).ready;
    await until('the other one to go on', async () =>
      (await sync.syncRuns.get(run.connectorId, run.runId)).counts.read > read + PAGE ? true : undefined,
    );
    process.kill(worker.pid, 'SIGCONT');
    const done = await ended(run);
    const { items } = await listItems();
    expect(done).toMatchObject({ state: 'succeeded', counts: { read: items, unchanged: 0, updated: 0 } });
    // It lives, and works on what comes next.
    const next = await begin();
    expect(await ended(next)).toMatchObject({ state: 'succeeded', counts: done.counts });
    expect(workers.all).toHaveLength(2);
  });
});

const hashKey = (hashes: string[]): string =>
  hashes
    .map((hash) => hash.toLowerCase())
    .sort()
    .join(' ');
