import { composeFollowZoomUser } from '../../src/sync/events/compose-follow-zoom-user';
import { HintedConnectorRepository } from '../../src/sync/events/hinted-connector.repository';
import { SyncedConnectorRepository } from '../../src/sync/synced-connector.repository';
import type { SyncRun } from '../../src/sync/sync-run';
import type { ZoomUserEventName } from '../../src/zoom/webhooks/zoom-event';
import type { ZoomUser } from '../../src/zoom/zoom-types';
import { until } from '../support/program';
import { emailOf, zoomUser } from '../sync/fake-remotes';
import { NEVER, SyncHarness } from '../sync/sync-harness';

/** Hints that come while a run is open. Zoom's list is what the run reads, `now` what Zoom answers about one user. */
describe('a hint during a sync run', () => {
  let sync: SyncHarness;
  let connectorId: string;
  const now = new Map<string, ZoomUser>();

  beforeEach(async () => {
    sync = await SyncHarness.open();
    connectorId = await sync.connector();
    sync.fill(5);
    await sync.sync(connectorId);
    now.clear();
    sync.zoom.getUser = (_grant?: unknown, id?: string) => Promise.resolve(now.get(id ?? ''));
    await sync.database.query(`update connectors set next_sync_at = now() + interval '1 day'`);
  });
  afterEach(() => sync.close());

  async function hint(n: number, event: ZoomUserEventName = 'user.updated'): Promise<string> {
    const { database, grants, zoom, clock } = sync;
    const connector = await new HintedConnectorRepository().find(connectorId, database);
    if (connector === undefined) throw new Error('there is no connector');
    return composeFollowZoomUser({ database, grants, zoom, clock }).follow(connector, `zoom-${n}`, [event], NEVER);
  }

  /** A whole run, with `work` between Zoom's list and CloudLink's. */
  async function syncWith(work: () => Promise<void>): Promise<SyncRun> {
    let done = false;
    sync.cloudlink.before = async () => {
      if (done) return;
      done = true;
      await work();
    };
    return sync.sync(connectorId);
  }
  const isSyncDue = async (): Promise<boolean> =>
    (await sync.database.query(`select from connectors where next_sync_at <= now() + interval '30 seconds'`))
      .rowCount === 1;

  it('who was removed is not brought back by what the run had read before', async () => {
    const run = await syncWith(async () => expect(await hint(2, 'user.deleted')).toBe('removed'));
    expect(run).toMatchObject({ state: 'succeeded', counts: { created: 0, removed: 0 } });
    const user = await sync.userOf(connectorId, emailOf(2));
    expect(user).toMatchObject({ status: 'removed', credential_state: 'none', md5_ha1: null });
    expect(await isSyncDue()).toBe(false);
  });

  it('who was deactivated stays so', async () => {
    now.set('zoom-3', zoomUser(3, { status: 'inactive' }));
    await syncWith(async () => expect(await hint(3, 'user.deactivated')).toBe('applied'));
    expect(await sync.userOf(connectorId, emailOf(3))).toMatchObject({ zoom_status: 'inactive' });
  });

  it('who has another email is neither renamed back nor missed', async () => {
    const before = await sync.userOf(connectorId, emailOf(4));
    now.set('zoom-4', zoomUser(4, { email: 'new.name@example.com' }));
    const four = sync.cloudlink.users[3];
    if (four !== undefined) sync.cloudlink.users[3] = { ...four, email: 'new.name@example.com' };
    const run = await syncWith(async () => expect(await hint(4)).toBe('applied'));
    expect(run).toMatchObject({ state: 'succeeded', counts: { created: 0, removed: 0, missing: 0 } });
    const after = await sync.userOf(connectorId, 'new.name@example.com');
    expect(after).toMatchObject({ user_id: before?.['user_id'], zoom_user_id: 'zoom-4', credential_state: 'ready' });
    expect(await isSyncDue()).toBe(true);
  });

  it('who got another email after CloudLink’s page was read is not missed by this run', async () => {
    now.set('zoom-4', zoomUser(4, { email: 'new.name@example.com' }));
    sync.cloudlink.pageSize = 4;
    let pages = 0;
    sync.cloudlink.before = async () => {
      pages += 1;
      if (pages === 2) await sync.until(connectorId, (await newestRun()).runId, (run) => run.counts.read === 4);
      if (pages === 2) await hint(4);
    };
    const run = await sync.sync(connectorId);
    expect(run).toMatchObject({ state: 'succeeded', counts: { read: 5, removed: 0, missing: 0 } });
    expect(await sync.userOf(connectorId, 'new.name@example.com')).toMatchObject({ credential_state: 'ready' });
  });

  it('while Zoom is still listed, another run is asked for: a page may be older than the answer', async () => {
    sync.zoom.before = async ({ status }) => {
      if (status === 'inactive') await hint(2, 'user.deleted');
    };
    await sync.sync(connectorId);
    expect(await isSyncDue()).toBe(true);
  });

  it('a sync that is asked for during a run comes after it, and once', async () => {
    const schedule = new SyncedConnectorRepository();
    const due = (): Promise<string[]> => sync.due.enqueueAll();
    await syncWith(async () => {
      for (let i = 0; i < 5; i += 1) await schedule.requestSync(connectorId, sync.database);
      await sync.database.query(`update connectors set next_sync_at = now() - interval '1 second'`);
      expect(await due()).toEqual([]);
    });
    // After a rest of four times its length.
    await until('the rest to be over', async () => ((await due()).length > 0 ? true : undefined), 20_000);
    await sync.attempt();
    expect(await due()).toEqual([]);
  });

  it('a sync that is asked for has a job that looks when it is due, once; so has one that was asked for during a run', async () => {
    const schedule = new SyncedConnectorRepository();
    const jobs = async (): Promise<{ s: number }[]> =>
      (
        await sync.database.query<{ s: number }>(
          `select extract(epoch from j.run_at - c.next_sync_at)::float8 as s
           from graphile_worker._private_jobs j join connectors c on j.key = 'enqueue-due-sync/' || c.connector_id`,
        )
      ).rows;
    expect(await jobs()).toEqual([]);
    for (let i = 0; i < 3; i += 1) await schedule.requestSync(connectorId, sync.database);
    expect(await jobs()).toHaveLength(1);
    expect(Math.abs((await jobs())[0]?.s ?? NaN)).toBeLessThan(1);
    await sync.due.enqueueOne(connectorId);
    expect(await sync.jobs()).toEqual([]);
    // It came round while the run was open, and found it open.
    await syncWith(async () => {
      await sync.database.query(`update connectors set next_sync_at = now() - interval '1 second'`);
      await sync.due.enqueueOne(connectorId);
      await sync.database.query(`delete from graphile_worker._private_jobs where key like 'enqueue-due-sync/%'`);
    });
    expect(await jobs()).toHaveLength(1);
    expect(Math.abs((await jobs())[0]?.s ?? NaN)).toBeLessThan(1);
    await sync.database.query('update connectors set next_sync_at = now()');
    await sync.due.enqueueOne(connectorId);
    expect(await sync.jobs()).toEqual([connectorId]);
  });

  it('a run that took long is followed by a rest, a request or not', async () => {
    const run = await sync.syncRuns.enqueue(connectorId, 'manual');
    await sync.database.query(
      `update sync_runs set started_at = now() - interval '1 minute', state = 'running', lease_owner = null where run_id = $1`,
      [run.runId],
    );
    await sync.database.query(`update connectors set next_sync_at = now() - interval '1 second'`);
    await sync.attempt();
    const { rows } = await sync.database.query<{ rest: number }>(
      `select extract(epoch from next_sync_at - now())::float8 as rest from connectors`,
    );
    expect(rows[0]?.rest).toBeGreaterThan(200);
    expect(rows[0]?.rest).toBeLessThan(300);
  });

  it('a request neither postpones a sync nor wakes a connector that is not active', async () => {
    const schedule = new SyncedConnectorRepository();
    await sync.database.query(`update connectors set next_sync_at = now() + interval '5 seconds'`);
    const before = (await sync.database.query('select next_sync_at from connectors')).rows;
    await schedule.requestSync(connectorId, sync.database);
    expect((await sync.database.query('select next_sync_at from connectors')).rows).toEqual(before);
    await sync.database.query(
      `update connectors set state = 'reauthorization_required', next_sync_at = now() + interval '1 day'`,
    );
    await schedule.requestSync(connectorId, sync.database);
    expect(await isSyncDue()).toBe(false);
  });

  const newestRun = async (): Promise<SyncRun> => {
    const [run] = (await sync.syncRuns.list(connectorId, { limit: 1 })).items;
    if (run === undefined) throw new Error('there is no run');
    return run;
  };
});
