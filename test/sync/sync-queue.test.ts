import { AppError } from '../../src/platform/errors/app-error';
import { ZoomPageTokenExpired } from '../../src/zoom/zoom-api';
import { NEVER, SyncHarness } from './sync-harness';
import { numbers, psiUser, zoomUser } from './fake-remotes';
import { until } from '../support/program';

describe('sync runs in the queue', () => {
  let sync: SyncHarness;
  beforeEach(async () => {
    sync = await SyncHarness.open();
  });
  afterEach(() => sync.close());

  const stateOf = async (connectorId: string): Promise<string | undefined> =>
    (await sync.syncRuns.list(connectorId, { limit: 1 })).items[0]?.state;

  const succeeded = (connectors: string[]): Promise<true> =>
    until('the runs to succeed', async () => {
      const states = await Promise.all(connectors.map(stateOf));
      return states.every((state) => state === 'succeeded') ? true : undefined;
    });

  /** Each connector lists as many users as `sizes` says. @returns whose page of CloudLink came when */
  function listBySize(sizes: Map<string, number>, pageSize: number): string[] {
    const pages: string[] = [];
    sync.grants.active = async (connectorId: string, provider: 'zoom' | 'cloudlink') => ({
      grantId: provider,
      accountId: connectorId,
      tokens: { accountId: connectorId, accessToken: () => Promise.resolve('token') },
    });
    const usersOf = (connectorId = ''): number[] => numbers(sizes.get(connectorId) ?? 0);
    sync.zoom.listUsers = (grant, { status }) => {
      const users = status === 'active' ? usersOf(grant.accountId).map((n) => zoomUser(n)) : [];
      return Promise.resolve({ users, nextPageToken: undefined });
    };
    sync.cloudlink.listPsiUsers = (_grant, accountId, position) => {
      pages.push(accountId);
      const from = Number(position ?? 0);
      const all = usersOf(accountId);
      const users = all.slice(from, from + pageSize).map((n) => psiUser(n));
      const to = from + pageSize;
      return Promise.resolve({
        users,
        problems: [],
        itemCount: users.length,
        next: to < all.length ? String(to) : undefined,
        oldestChange: undefined,
        undated: 0,
      });
    };
    return pages;
  }

  it('take turns page by page: small connectors do not wait for a giant that came first', async () => {
    const giant = await sync.connector();
    const small = await Promise.all(numbers(12).map(() => sync.connector()));
    const pages = listBySize(new Map([[giant, 100], ...small.map((id): [string, number] => [id, 4])]), 5);
    for (const connectorId of [giant, ...small]) await sync.syncRuns.enqueue(connectorId, 'manual');
    await sync.worker({ slots: 1, sliceSeconds: 0 });
    await succeeded([giant, ...small]);
    // One page of the giant, all small ones, and then the other nineteen.
    expect(pages).toEqual([giant, ...small, ...Array.from({ length: 19 }, () => giant)]);
    const run = (await sync.syncRuns.list(giant, { limit: 1 })).items[0];
    expect(run).toMatchObject({ counts: { read: 100, created: 100, unchanged: 0 } });
  });

  it('take turns although giants had all slots, and no giant is put off by those who come later', async () => {
    const giants = [await sync.connector(), await sync.connector()];
    const sizes = new Map(giants.map((id) => [id, 50]));
    const pages = listBySize(sizes, 5);
    const small: string[] = [];
    const list = sync.cloudlink.listPsiUsers.bind(sync.cloudlink);
    // For each page of a giant somebody new asks for a sync.
    sync.cloudlink.listPsiUsers = async (grant, accountId, position, signal) => {
      const page = await list(grant, accountId, position, signal);
      if (giants.includes(accountId)) {
        const connectorId = await sync.connector();
        sizes.set(connectorId, 4);
        await sync.syncRuns.enqueue(connectorId, 'manual');
        small.push(connectorId);
      }
      return page;
    };
    for (const connectorId of giants) await sync.syncRuns.enqueue(connectorId, 'manual');
    await sync.worker({ slots: 2, sliceSeconds: 0 });
    await succeeded(giants);
    await succeeded(small);
    expect(small).toHaveLength(20);
    // Nobody small has waited for more than a few pages of the giants.
    const waits = small.map(
      (id, n) => pages.slice(0, pages.indexOf(id)).filter((page) => giants.includes(page)).length - n,
    );
    expect(Math.max(...waits)).toBeLessThanOrEqual(4);
  });

  it('end a slice with the page in hand, fetch no page that nobody would store, and look at the admin once a run', async () => {
    const connectorId = await sync.connector();
    sync.fill(30);
    sync.cloudlink.pageSize = 10;
    const check = jest.spyOn(sync.grants, 'check');
    await sync.syncRuns.enqueue(connectorId, 'manual');
    expect(await sync.attempt('first', 0)).toMatchObject({
      state: 'running',
      phase: 'cloudlink_users',
      counts: { read: 10 },
    });
    expect(sync.cloudlink.calls).toBe(1);
    expect(await sync.jobs()).toEqual([connectorId]);
    expect(await sync.attempt('second', 0)).toMatchObject({ state: 'running', counts: { read: 20 } });
    expect(await sync.attempt('third', 0)).toMatchObject({ state: 'succeeded', counts: { read: 30, created: 30 } });
    expect([sync.cloudlink.calls, check.mock.calls.length, await sync.jobs()]).toEqual([3, 1, []]);
  });

  it('read a list of Zoom that expired while it waited without a pause', async () => {
    const connectorId = await sync.connector();
    sync.fill(30);
    sync.zoom.pageSize = 10;
    await sync.syncRuns.enqueue(connectorId, 'manual');
    await sync.attempt('first', 0);
    let isExpired = true;
    sync.zoom.before = ({ pageToken }) => {
      if (pageToken === undefined || !isExpired) return;
      isExpired = false;
      throw new ZoomPageTokenExpired();
    };
    const calls = sync.zoom.calls;
    expect(await sync.attempt('second', 0)).toMatchObject({ state: 'succeeded', counts: { created: 30 } });
    // The expired one, all three again, and those of the two other kinds.
    expect(sync.zoom.calls - calls).toBe(1 + 3 + 2);
  });

  it('are there with their job or not at all', async () => {
    const connectorId = await sync.connector();
    const audit = jest.spyOn(sync.audit, 'record').mockRejectedValueOnce(new Error('no audit'));
    const by = { actorKind: 'client', actorId: 'x' } as const;
    await expect(sync.syncRuns.enqueue(connectorId, 'manual', by)).rejects.toThrow('no audit');
    expect([await stateOf(connectorId), await sync.jobs()]).toEqual([undefined, []]);
    audit.mockRestore();
    await sync.syncRuns.enqueue(connectorId, 'manual');
    await sync.syncRuns.enqueue(connectorId, 'manual');
    expect([await stateOf(connectorId), await sync.jobs()]).toEqual(['queued', [connectorId]]);
  });

  it('go on although their job threw without a word', async () => {
    const connectorId = await sync.connector();
    sync.fill(3);
    const claim = jest.spyOn(sync.claims, 'claim').mockRejectedValueOnce(new TypeError('a bug'));
    await sync.syncRuns.enqueue(connectorId, 'manual');
    await sync.worker();
    await succeeded([connectorId]);
    expect(claim).toHaveBeenCalledTimes(2);
  });

  it('that have no job get one; those that are worked on or wait keep theirs', async () => {
    sync.fill(3);
    const [lost, dead, waiting, taken] = await Promise.all([1, 2, 3, 4].map(() => sync.connector()));
    for (const connectorId of [taken, lost, dead, waiting]) await sync.syncRuns.enqueue(connectorId ?? '', 'manual');
    expect((await sync.take('living'))?.run.connectorId).toBe(taken);
    const change = (sql: string, connectorId = ''): Promise<unknown> =>
      sync.database.query(`${sql} where key = 'sync/' || $1::text`, [connectorId]);
    await change('delete from graphile_worker._private_jobs', lost);
    await change('update graphile_worker._private_jobs set attempts = max_attempts', dead);
    await change(`update graphile_worker._private_jobs set run_at = now() + interval '1 hour'`, waiting);
    expect(await sync.orphans.adopt()).toBe(2);
    expect((await sync.jobs()).sort()).toEqual([lost, dead, waiting].sort());
    expect(await sync.orphans.adopt()).toBe(0);
    for (let n = 0; n < 2; n += 1) expect(await sync.attempt()).toMatchObject({ state: 'succeeded' });
    expect(await sync.take('impatient')).toBeUndefined();
  });

  it('that were taken over by a job nobody knew of leave the newer holder alone', async () => {
    const connectorId = await sync.connector();
    sync.fill(3);
    await sync.syncRuns.enqueue(connectorId, 'manual');
    const held = await sync.take('first');
    if (held === undefined) throw new Error('nothing taken');
    await sync.claims.claim(connectorId, 'second');
    sync.zoom.before = () => {
      throw new AppError('provider_unavailable', 'Zoom cannot be reached.', { retryable: true });
    };
    await expect(sync.executor().execute(held.run, { ...held.job, signal: NEVER })).rejects.toThrow('another worker');
    const { rows } = await sync.database.query('select lease_owner, attempts, error_code from sync_runs');
    expect(rows).toEqual([{ lease_owner: 'second', attempts: 1, error_code: null }]);
    expect((await sync.database.query('select from graphile_worker.jobs where locked_at is not null')).rowCount).toBe(
      1,
    );
  });

  it('are not kept by a process that froze in the middle of a page', async () => {
    const connectorId = await sync.connector();
    sync.fill(3);
    await sync.syncRuns.enqueue(connectorId, 'manual');
    const held = await sync.take('frozen');
    if (held === undefined) throw new Error('nothing taken');
    const { rows } = await sync.database.transaction(async (transaction) => {
      await sync.runs.lock(held.run, transaction);
      // Its slot is free again before that: the queue asks later.
      await expect(sync.claims.claim(connectorId, 'next')).rejects.toMatchObject({ code: '55P03' });
      return transaction.query<{ limit: string }>(
        `select current_setting('idle_in_transaction_session_timeout') as limit`,
      );
    });
    expect(rows).toEqual([{ limit: '20s' }]);
    expect(await sync.claims.claim(connectorId, 'next')).toMatchObject({ attempts: 1 });
  });
});
