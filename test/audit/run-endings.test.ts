import { until } from '../support/program';
import { emailOf } from '../sync/fake-remotes';
import { SyncHarness } from '../sync/sync-harness';

describe('what the end of a sync leaves behind', () => {
  let sync: SyncHarness;
  beforeAll(async () => {
    sync = await SyncHarness.open();
  });
  afterAll(() => sync.close());

  const syncedAt = async (connectorId: string): Promise<Date | null> => {
    const { rows } = await sync.database.query<{ at: Date | null }>(
      'select synced_at as at from connectors where connector_id = $1',
      [connectorId],
    );
    return rows[0]?.at ?? null;
  };
  const records = async (connectorId: string): Promise<unknown[]> =>
    (
      await sync.database.query(
        `select action, actor_kind, subject, details from audit_events where connector_id = $1 order by event_id`,
        [connectorId],
      )
    ).rows;

  it('is when it ended and a record, once both sides were read whole', async () => {
    const connectorId = await sync.connector();
    sync.fill(3);
    const run = await sync.sync(connectorId);
    expect(await syncedAt(connectorId)).toEqual(run.finishedAt);
    expect(await records(connectorId)).toEqual([
      {
        action: 'sync.ended',
        actor_kind: 'system',
        subject: run.runId,
        details: {
          state: 'succeeded',
          trigger: 'manual',
          error: null,
          ...{ created: 3, updated: 0, removed: 0, problems: 0, missing: 0 },
        },
      },
    ]);
  });

  it('is no record when a scheduled run found everything as it was, but the freshness is', async () => {
    const connectorId = await sync.connector();
    sync.fill(3);
    await sync.sync(connectorId);
    const before = (await records(connectorId)).length;
    await sync.syncRuns.enqueue(connectorId, 'schedule');
    const calm = await sync.attempt();
    expect(await syncedAt(connectorId)).toEqual(calm.finishedAt);
    expect(await records(connectorId)).toHaveLength(before);
    sync.fill(2);
    await sync.syncRuns.enqueue(connectorId, 'schedule');
    expect(await sync.attempt()).toMatchObject({ state: 'succeeded', counts: { missing: 1, removed: 0 } });
    expect(await records(connectorId)).toHaveLength(before);
    await sync.syncRuns.enqueue(connectorId, 'schedule');
    expect(await sync.attempt()).toMatchObject({ state: 'succeeded', counts: { removed: 1 } });
    expect(await records(connectorId)).toHaveLength(before + 1);
    expect(await sync.userOf(connectorId, emailOf(3))).toMatchObject({ status: 'removed' });
  });

  it('is not fresher after a run that failed or that a person has to approve, until one does', async () => {
    const connectorId = await sync.connector();
    sync.fill(100);
    await sync.sync(connectorId);
    sync.fill(50);
    const good = await sync.sync(connectorId);
    const asking = await sync.sync(connectorId);
    expect(asking.state).toBe('awaiting_approval');
    expect(await syncedAt(connectorId)).toEqual(good.finishedAt);
    const by = { actorKind: 'client', actorId: 'c1' } as const;
    const approved = await sync.syncRuns.approve(connectorId, asking.runId, by);
    expect(await syncedAt(connectorId)).toEqual(approved.finishedAt);
    expect(await records(connectorId)).toMatchObject([
      { action: 'sync.ended', details: { state: 'succeeded' } },
      { action: 'sync.ended', details: { state: 'succeeded', removed: 0, missing: 50 } },
      { action: 'sync.ended', details: { state: 'awaiting_approval', error: 'removal_needs_approval' } },
      { action: 'sync.removal_approved' },
      { action: 'sync.ended', details: { state: 'succeeded', removed: 50 } },
    ]);
  });

  it('names who started a run, once', async () => {
    const connectorId = await sync.connector();
    const by = { actorKind: 'client', actorId: 'c1', requestId: 'r1', address: '192.0.2.1' } as const;
    const started = await Promise.all([1, 2, 3].map(() => sync.syncRuns.enqueue(connectorId, 'manual', by)));
    expect(new Set(started.map((run) => run.runId)).size).toBe(1);
    const { rows } = await sync.database.query(
      'select action, actor_id, subject, request_id, address from audit_events where connector_id = $1',
      [connectorId],
    );
    expect(rows).toEqual([
      { action: 'sync.started', actor_id: 'c1', subject: started[0]?.runId, request_id: 'r1', address: '192.0.2.1' },
    ]);
    sync.fill(1);
    await sync.attempt();
  });

  it('comes about beside the schedule, which takes the connector first and then meets the run', async () => {
    const connectorId = await sync.connector();
    sync.fill(3);
    await sync.syncRuns.enqueue(connectorId, 'manual');
    let attempt: ReturnType<SyncHarness['attempt']> | undefined;
    const inserted = await sync.database.transaction(async (schedule) => {
      await schedule.query('update connectors set next_sync_at = now() where connector_id = $1', [connectorId]);
      attempt = sync.attempt();
      await until('the run to wait for the connector', async () => {
        const { rows } = await sync.database.query(
          `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return rows[0];
      });
      const { rowCount } = await schedule.query(
        `insert into sync_runs (connector_id, run_id, trigger) values ($1, gen_random_uuid(), 'schedule')
         on conflict (connector_id) where state in ('queued', 'running') do nothing`,
        [connectorId],
      );
      return rowCount;
    });
    expect(inserted).toBe(0);
    expect(await attempt).toMatchObject({ state: 'succeeded', error: null });
  });
});
