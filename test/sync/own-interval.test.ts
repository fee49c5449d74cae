import { SyncHarness } from './sync-harness';

/** The harness has an interval of ten minutes for connectors that have none of their own. */
describe('a connector with an interval of its own', () => {
  let sync: SyncHarness;
  beforeEach(async () => {
    sync = await SyncHarness.open();
  });
  afterEach(() => sync.close());

  const due = async (changes: string): Promise<{ next: number; mode: string }> => {
    const connectorId = await sync.connector();
    sync.fill(2);
    await sync.sync(connectorId);
    await sync.database.query(
      `update connectors set next_sync_at = now(), next_full_sync_at = now() + interval '5 hours', ${changes} where connector_id = $1`,
      [connectorId],
    );
    expect(await sync.due.enqueueAll()).toEqual([connectorId]);
    const { rows } = await sync.database.query<{ next: number; mode: string }>(
      `select extract(epoch from next_sync_at - now())::float8 as next,
              (select mode from sync_runs r where r.connector_id = c.connector_id order by created_at desc limit 1) as mode
       from connectors c where connector_id = $1`,
      [connectorId],
    );
    const [row] = rows;
    if (row === undefined) throw new Error('there is no connector');
    return row;
  };

  const SILENCE = `synced_at = now() - interval '100 minutes'`;

  it.each([
    ['is due again after that', 'sync_interval_seconds = 3600', 3200, 4000, 'delta'],
    [
      'is due again after the one of this deployment where it has none',
      'sync_interval_seconds = null',
      500,
      700,
      'delta',
    ],
    ['reads whole each time where that is due as often', 'sync_interval_seconds = 86400', 70_000, 100_000, 'full'],
    ['may be silent for two of its own intervals', `sync_interval_seconds = 3600, ${SILENCE}`, 3200, 4000, 'delta'],
    ['reads whole after a longer silence', `sync_interval_seconds = 300, ${SILENCE}`, 250, 350, 'full'],
  ])('%s', async (_, changes, least, most, mode) => {
    Object.assign(sync.intervals, { fullSyncIntervalSeconds: 6 * 3600 });
    const run = await due(changes);
    expect(run.mode).toBe(mode);
    expect(run.next).toBeGreaterThan(least);
    expect(run.next).toBeLessThan(most);
  });

  it('is asked again about who is missing after that time', async () => {
    const connectorId = await sync.connector();
    sync.fill(10);
    await sync.sync(connectorId);
    await sync.database.query(
      `update connectors set sync_interval_seconds = 7200, next_sync_at = now() + interval '1 day' where connector_id = $1`,
      [connectorId],
    );
    sync.cloudlink.users.splice(0, 1);
    await sync.sync(connectorId);
    const { rows } = await sync.database.query<{ s: number }>(
      'select extract(epoch from next_sync_at - now())::float8 as s from connectors where connector_id = $1',
      [connectorId],
    );
    expect(rows[0]?.s).toBeGreaterThan(7100);
    expect(rows[0]?.s).toBeLessThan(7201);
  });
});
