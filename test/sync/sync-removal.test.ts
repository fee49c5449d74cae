import { emailOf, numbers, psiUser, zoomUser } from './fake-remotes';
import { SyncHarness } from './sync-harness';

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

  it('removes who left CloudLink or Zoom, with their credential, and brings them back in place', async () => {
    const connectorId = await sync.connector();
    sync.fill(10);
    await sync.sync(connectorId);
    const before = await sync.userOf(connectorId, emailOf(1));
    sync.cloudlink.users.splice(0, 1);
    sync.zoom.users.splice(1, 1);
    const run = await sync.sync(connectorId);
    expect(run).toMatchObject({ state: 'succeeded', counts: { removed: 2, missing: 2, unchanged: 8, problems: 1 } });
    for (const n of [1, 2]) {
      expect(await sync.userOf(connectorId, emailOf(n))).toMatchObject({
        status: 'removed',
        removed_at: expect.any(Date),
        md5_ha1: null,
        credential_state: 'none',
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

  it.each([
    ['CloudLink', () => (sync.cloudlink.users = [])],
    ['Zoom', () => (sync.zoom.users = [])],
  ])('removes nobody when %s lists nobody, however few they are', async (_, empty) => {
    const connectorId = await sync.connector();
    sync.fill(3);
    await sync.sync(connectorId);
    empty();
    const run = await sync.sync(connectorId);
    expect(run).toMatchObject({
      state: 'awaiting_approval',
      counts: { removed: 0, missing: 3 },
      error: { code: 'removal_needs_approval' },
    });
    expect(await present(connectorId)).toBe(3);
    expect(await sync.userOf(connectorId, emailOf(1))).toMatchObject({
      status: 'inactive',
      md5_ha1: expect.any(Buffer),
    });
  });

  it('asks a person above the limit, and removes what the person approves', async () => {
    const connectorId = await sync.connector();
    sync.fill(100);
    await sync.sync(connectorId);
    sync.cloudlink.users = sync.cloudlink.users.slice(6);
    const run = await sync.sync(connectorId);
    expect(run).toMatchObject({ state: 'awaiting_approval', counts: { missing: 6, removed: 0 } });
    expect(run.error?.message).toContain('6 of 100 users');
    expect(await present(connectorId)).toBe(100);
    const approved = await sync.syncRuns.approve(connectorId, run.runId, CLIENT);
    expect(approved).toMatchObject({ state: 'succeeded', error: null, counts: { missing: 6, removed: 6 } });
    expect(await present(connectorId)).toBe(94);
    const { rows } = await sync.database.query(
      `select action, actor_id, subject from audit_events where connector_id = $1 and action = 'sync.removal_approved'`,
      [connectorId],
    );
    expect(rows).toEqual([{ action: 'sync.removal_approved', actor_id: 'client-1', subject: run.runId }]);
    await expect(sync.syncRuns.approve(connectorId, run.runId, CLIENT)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('does not ask for five of a hundred', async () => {
    const connectorId = await sync.connector();
    sync.fill(100);
    await sync.sync(connectorId);
    sync.cloudlink.users = sync.cloudlink.users.slice(5);
    expect(await sync.sync(connectorId)).toMatchObject({ state: 'succeeded', counts: { removed: 5 } });
  });

  it('lets a newer run replace one that waits for approval', async () => {
    const connectorId = await sync.connector();
    sync.fill(40);
    await sync.sync(connectorId);
    sync.cloudlink.users = sync.cloudlink.users.slice(10);
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
    expect((await sync.sync(second)).counts.removed).toBe(1);
    expect(await present(first)).toBe(10);
  });
});
