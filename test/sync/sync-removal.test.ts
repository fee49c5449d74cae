import { composeFollowZoomUser } from '../../src/sync/events/compose-follow-zoom-user';
import { emailOf, numbers, psiUser, zoomUser } from './fake-remotes';
import { NEVER, SyncHarness } from './sync-harness';

const CLIENT = { actorKind: 'client' as const, actorId: 'client-1' };

describe('removal at the end of a run', () => {
  let sync: SyncHarness;
  beforeEach(async () => {
    sync = await SyncHarness.open();
  });
  afterEach(() => sync.close());

  const present = async (connectorId: string): Promise<number> => {
    const { rows } = await sync.database.query<{ n: number }>(
      `select count(*)::int as n from integrated_users where connector_id = $1 and status <> 'removed'`,
      [connectorId],
    );
    return rows[0]?.n ?? -1;
  };

  const marked = async (connectorId: string): Promise<unknown[]> => {
    const { rows } = await sync.database.query<{ email: string }>(
      'select email from integrated_users where connector_id = $1 and missing_since is not null order by email',
      [connectorId],
    );
    return rows.map((row) => row.email);
  };

  /** Everything of all users but the marks. */
  const everything = async (connectorId: string): Promise<unknown[]> => {
    const { rows } = await sync.database.query(
      `select to_jsonb(u) - 'missing_since' - 'missing_run_id' as row, to_jsonb(c) as credential
       from integrated_users u left join sip_credentials c using (connector_id, user_id) where u.connector_id = $1 order by u.email`,
      [connectorId],
    );
    return rows;
  };

  const synced = async (count: number): Promise<string> => {
    const connectorId = await sync.connector();
    sync.fill(count);
    await sync.sync(connectorId);
    return connectorId;
  };

  /** As if the marks had been made `seconds` earlier. */
  const age = (connectorId: string, seconds: number): Promise<unknown> =>
    sync.database.query(
      'update integrated_users set missing_since = missing_since - make_interval(secs => $2) where connector_id = $1',
      [connectorId, seconds],
    );

  it('removes who left CloudLink or Zoom, with their credential, and brings them back in place', async () => {
    const connectorId = await synced(10);
    const before = await sync.userOf(connectorId, emailOf(1));
    sync.cloudlink.users.splice(0, 1);
    sync.zoom.users.splice(1, 1);
    await sync.sync(connectorId);
    const run = await sync.sync(connectorId);
    expect(run).toMatchObject({ state: 'succeeded', counts: { removed: 2, missing: 2, unchanged: 8, problems: 1 } });
    for (const n of [1, 2]) {
      expect(await sync.userOf(connectorId, emailOf(n))).toMatchObject({
        status: 'removed',
        removed_at: expect.any(Date),
        md5_ha1: null,
        credential_state: 'none',
        missing_since: null,
        missing_run_id: null,
      });
    }
    sync.fill(10);
    const back = await sync.sync(connectorId);
    expect(back.counts).toMatchObject({ created: 2, updated: 0, unchanged: 8, removed: 0 });
    expect(await sync.userOf(connectorId, emailOf(1))).toMatchObject({
      user_id: before?.['user_id'],
      status: 'inactive',
      removed_at: null,
      md5_ha1: expect.any(Buffer),
    });
  });

  it('only marks whom one run did not find: nothing else of them changes', async () => {
    const connectorId = await synced(10);
    const before = await everything(connectorId);
    sync.cloudlink.users.splice(0, 1);
    const run = await sync.sync(connectorId);
    expect(run).toMatchObject({ state: 'succeeded', counts: { missing: 1, removed: 0, updated: 0, unchanged: 9 } });
    expect(await everything(connectorId)).toEqual(before);
    expect(await sync.userOf(connectorId, emailOf(1))).toMatchObject({
      missing_since: expect.any(Date),
      missing_run_id: run.runId,
    });
    expect(await marked(connectorId)).toEqual([emailOf(1)]);
  });

  it('takes the mark from whoever is found again, and counts from anew when they are lost once more', async () => {
    const connectorId = await synced(10);
    const before = await sync.userOf(connectorId, emailOf(2));
    sync.cloudlink.users.splice(0, 1);
    sync.zoom.users.splice(1, 1);
    await sync.sync(connectorId);
    expect(await marked(connectorId)).toEqual([emailOf(1), emailOf(2)]);
    sync.fill(10);
    sync.cloudlink.users.splice(0, 1);
    expect((await sync.sync(connectorId)).counts).toMatchObject({ missing: 1, removed: 1, unchanged: 9, updated: 0 });
    expect(await marked(connectorId)).toEqual([]);
    expect(await sync.userOf(connectorId, emailOf(2))).toEqual(before);
    sync.zoom.users.splice(1, 1);
    expect((await sync.sync(connectorId)).counts).toMatchObject({ missing: 1, removed: 0 });
    expect((await sync.sync(connectorId)).counts).toMatchObject({ missing: 1, removed: 1 });
  });

  it('writes no row of those who were found, whoever else is marked, removed or found again', async () => {
    const connectorId = await synced(20);
    const versions = async (): Promise<unknown[]> =>
      (
        await sync.database.query(
          `select email, xmin::text, xmax::text, ctid::text from integrated_users where connector_id = $1 and email <> all($2) order by email`,
          [connectorId, [emailOf(1), emailOf(2)]],
        )
      ).rows;
    const before = await versions();
    sync.cloudlink.users = sync.cloudlink.users.slice(2);
    await sync.sync(connectorId);
    sync.fill(20);
    sync.cloudlink.users = sync.cloudlink.users.slice(1);
    await sync.sync(connectorId);
    expect(await sync.userOf(connectorId, emailOf(1))).toMatchObject({ status: 'removed' });
    expect(await sync.userOf(connectorId, emailOf(2))).toMatchObject({ status: 'inactive', missing_since: null });
    expect(await versions()).toEqual(before);
  });

  it('waits as long as it was told to, however many runs miss somebody', async () => {
    sync.patience.removeMissingAfterSeconds = 3600;
    const connectorId = await synced(10);
    sync.cloudlink.users.splice(0, 1);
    for (let i = 0; i < 3; i += 1) {
      expect((await sync.sync(connectorId)).counts).toMatchObject({ missing: 1, removed: 0 });
    }
    await age(connectorId, 3500);
    expect((await sync.sync(connectorId)).counts).toMatchObject({ missing: 1, removed: 0 });
    await age(connectorId, 101);
    expect((await sync.sync(connectorId)).counts).toMatchObject({ missing: 1, removed: 1 });
  });

  it('does not remove at once whom a first run misses, however long it was told to wait', async () => {
    sync.patience.removeMissingAfterSeconds = 3600;
    const connectorId = await synced(10);
    sync.cloudlink.users.splice(0, 1);
    await sync.sync(connectorId);
    await age(connectorId, 3601);
    sync.cloudlink.users.splice(0, 1);
    expect((await sync.sync(connectorId)).counts).toMatchObject({ missing: 2, removed: 1 });
    expect(await marked(connectorId)).toEqual([emailOf(2)]);
  });

  it('leaves the marks of those who stay away when others are found again', async () => {
    sync.patience.removeMissingAfterSeconds = 3600;
    const connectorId = await synced(10);
    sync.cloudlink.users.splice(0, 2);
    const { runId } = await sync.sync(connectorId);
    sync.cloudlink.users.push(psiUser(2));
    expect((await sync.sync(connectorId)).counts).toMatchObject({ missing: 1, removed: 0 });
    expect(await sync.userOf(connectorId, emailOf(1))).toMatchObject({ missing_run_id: runId });
    expect(await marked(connectorId)).toEqual([emailOf(1)]);
  });

  it('marks nobody when the run fails', async () => {
    const connectorId = await synced(10);
    sync.cloudlink.users.splice(0, 5);
    sync.cloudlink.pageSize = 2;
    sync.cloudlink.nextOf = (to) => `/psi?$skiptoken=${to % 4}`;
    expect(await sync.sync(connectorId)).toMatchObject({ state: 'failed' });
    expect(await marked(connectorId)).toEqual([]);
  });

  it('brings the next sync to the next interval when it marks somebody, and leaves the schedule alone else', async () => {
    const connectorId = await synced(10);
    const secondsToSync = async (): Promise<number> => {
      const { rows } = await sync.database.query<{ seconds: number }>(
        'select extract(epoch from next_sync_at - now())::float8 as seconds from connectors where connector_id = $1',
        [connectorId],
      );
      return rows[0]?.seconds ?? -1;
    };
    await sync.database.query(`update connectors set next_sync_at = now() + interval '1 day'`);
    await sync.sync(connectorId);
    expect(await secondsToSync()).toBeGreaterThan(86_000);
    sync.cloudlink.users.splice(0, 1);
    await sync.sync(connectorId);
    expect(await secondsToSync()).toBeGreaterThan(880);
    expect(await secondsToSync()).toBeLessThan(901);
    await sync.database.query(`update connectors set next_sync_at = now() + interval '100 seconds'`);
    sync.cloudlink.users.splice(0, 1);
    await sync.sync(connectorId);
    expect(await secondsToSync()).toBeLessThan(101);
  });

  it.each([
    ['CloudLink lists nobody', () => (sync.cloudlink.users = []), 3],
    ['Zoom lists nobody', () => (sync.zoom.users = []), 3],
    [
      'an item names nobody',
      () => {
        sync.cloudlink.users.splice(0, 1);
        sync.cloudlink.problems = [
          { code: 'invalid_item', userId: undefined, email: undefined, field: 'userId', detail: 'is missing' },
        ];
      },
      1,
    ],
  ])('marks and removes nobody when %s, however few they are and however often', async (_, spoil, missing) => {
    const connectorId = await synced(3);
    spoil();
    for (let i = 0; i < 2; i += 1) {
      const run = await sync.sync(connectorId);
      expect(run).toMatchObject({
        state: 'awaiting_approval',
        counts: { removed: 0, missing },
        error: { code: 'removal_needs_approval' },
      });
      expect(await marked(connectorId)).toEqual([]);
    }
    expect(await present(connectorId)).toBe(3);
    expect(await sync.userOf(connectorId, emailOf(1))).toMatchObject({
      status: 'inactive',
      md5_ha1: expect.any(Buffer),
    });
  });

  it('asks a person above the limit, and removes what the person approves', async () => {
    const connectorId = await synced(100);
    sync.cloudlink.users = sync.cloudlink.users.slice(6);
    expect(await sync.sync(connectorId)).toMatchObject({ state: 'succeeded', counts: { missing: 6, removed: 0 } });
    // One more, whom only this run misses: an approval is for all whom it has shown.
    sync.cloudlink.users = sync.cloudlink.users.slice(1);
    const run = await sync.sync(connectorId);
    expect(run).toMatchObject({ state: 'awaiting_approval', counts: { missing: 7, removed: 0 } });
    expect(run.error?.message).toContain('7 of 100 users');
    expect(await present(connectorId)).toBe(100);
    const errors = sync.lines.filter((line) => line.includes('"level":50'));
    expect(errors).toEqual([expect.stringContaining('sync run waits for approval')]);
    const approved = await sync.syncRuns.approve(connectorId, run.runId, CLIENT);
    expect(approved).toMatchObject({ state: 'succeeded', error: null, counts: { missing: 7, removed: 7 } });
    expect(await present(connectorId)).toBe(93);
    expect(await marked(connectorId)).toEqual([]);
    const { rows } = await sync.database.query(
      `select action, actor_id, subject from audit_events where connector_id = $1 and action = 'sync.removal_approved'`,
      [connectorId],
    );
    expect(rows).toEqual([{ action: 'sync.removal_approved', actor_id: 'client-1', subject: run.runId }]);
    await expect(sync.syncRuns.approve(connectorId, run.runId, CLIENT)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('keeps asking while they stay missing: the marks outlive the runs that are replaced', async () => {
    const connectorId = await synced(40);
    sync.cloudlink.users = sync.cloudlink.users.slice(10);
    const first = await sync.sync(connectorId);
    for (const missing of [11, 12]) {
      sync.cloudlink.users.shift();
      expect(await sync.sync(connectorId)).toMatchObject({ state: 'awaiting_approval', counts: { missing } });
    }
    // Since when they are missing is not told anew when others get lost.
    expect(await sync.userOf(connectorId, emailOf(1))).toMatchObject({ missing_run_id: first.runId });
    expect(await present(connectorId)).toBe(40);
  });

  it('spares who came back between the question and the answer', async () => {
    const connectorId = await synced(40);
    sync.zoom.users = sync.zoom.users.slice(10);
    await sync.sync(connectorId);
    const run = await sync.sync(connectorId);
    expect(run).toMatchObject({ state: 'awaiting_approval', counts: { missing: 10 } });
    const { database, grants, clock } = sync;
    sync.zoom.getUser = () => Promise.resolve(zoomUser(3));
    const follow = composeFollowZoomUser({ database, grants, zoom: sync.zoom, clock });
    const connector = { connectorId, state: 'active', membership: 'automatic' } as const;
    expect(await follow.follow(connector, 'zoom-3', ['user.activated'], NEVER)).toBe('applied');
    const approved = await sync.syncRuns.approve(connectorId, run.runId, CLIENT);
    expect(approved).toMatchObject({ state: 'succeeded', counts: { missing: 10, removed: 9 } });
    expect(await sync.userOf(connectorId, emailOf(3))).toMatchObject({
      status: 'inactive',
      missing_since: null,
      md5_ha1: expect.any(Buffer),
    });
    expect(await present(connectorId)).toBe(31);
  });

  it('lets one of an approval and a new sync win when they come together', async () => {
    const connectorId = await synced(40);
    sync.cloudlink.users = sync.cloudlink.users.slice(10);
    await sync.sync(connectorId);
    const run = await sync.sync(connectorId);
    sync.fill(40);
    const [approval] = await Promise.allSettled([
      sync.syncRuns.approve(connectorId, run.runId, CLIENT),
      sync.syncRuns.enqueue(connectorId, 'manual'),
    ]);
    await sync.attempt();
    expect(await present(connectorId)).toBe(40);
    expect(await marked(connectorId)).toEqual([]);
    const state = (await sync.syncRuns.get(connectorId, run.runId)).state;
    expect(state).toBe(approval.status === 'fulfilled' ? 'succeeded' : 'failed');
  });

  it('does not ask for five of a hundred', async () => {
    const connectorId = await synced(100);
    sync.cloudlink.users = sync.cloudlink.users.slice(5);
    await sync.sync(connectorId);
    expect(await sync.sync(connectorId)).toMatchObject({ state: 'succeeded', counts: { removed: 5 } });
  });

  it.each([
    [20, 'succeeded', 20],
    [19, 'awaiting_approval', 0],
    [0, 'awaiting_approval', 0],
  ])('goes by the limit of the connector: %i %% → %s', async (percent, state, removed) => {
    const connectorId = await synced(100);
    await sync.database.query('update connectors set removal_limit_percent = $1', [percent]);
    sync.cloudlink.users = sync.cloudlink.users.slice(20);
    await sync.sync(connectorId);
    const run = await sync.sync(connectorId);
    expect(run).toMatchObject({ state, counts: { missing: 20, removed } });
    if (state !== 'succeeded') expect(run.error?.message).toContain(`over ${percent} %`);
  });

  it('lets a newer run replace one that waits for approval', async () => {
    const connectorId = await sync.connector();
    sync.fill(40);
    await sync.sync(connectorId);
    sync.cloudlink.users = sync.cloudlink.users.slice(10);
    await sync.sync(connectorId);
    const waiting = await sync.sync(connectorId);
    expect(waiting.state).toBe('awaiting_approval');
    sync.fill(40);
    const queued = await sync.syncRuns.enqueue(connectorId, 'manual');
    await expect(sync.syncRuns.approve(connectorId, waiting.runId, CLIENT)).rejects.toMatchObject({ code: 'conflict' });
    const newer = await sync.attempt();
    expect(newer).toMatchObject({ runId: queued.runId, state: 'succeeded', counts: { unchanged: 40, removed: 0 } });
    expect(await sync.syncRuns.get(connectorId, waiting.runId)).toMatchObject({
      state: 'failed',
      error: { code: 'superseded' },
    });
    expect(await present(connectorId)).toBe(40);
  });

  it('removes automatic users after a change to chosen only with approval', async () => {
    const connectorId = await sync.connector();
    sync.fill(20);
    await sync.sync(connectorId);
    await sync.database.query(`update connectors set membership = 'chosen'`);
    expect(await sync.sync(connectorId)).toMatchObject({ state: 'succeeded', counts: { missing: 20, removed: 0 } });
    expect(await sync.sync(connectorId)).toMatchObject({
      state: 'awaiting_approval',
      counts: { missing: 20, removed: 0 },
    });
  });

  it('removes nobody of another connector', async () => {
    const first = await sync.connector();
    const second = await sync.connector();
    sync.fill(10);
    await sync.sync(first);
    await sync.sync(second);
    sync.zoom.users = numbers(9).map((n) => zoomUser(n));
    sync.cloudlink.users = numbers(9).map((n) => psiUser(n));
    expect((await sync.sync(second)).counts.removed).toBe(0);
    expect((await sync.sync(second)).counts.removed).toBe(1);
    expect(await present(first)).toBe(10);
    expect(await marked(first)).toEqual([]);
  });
});
