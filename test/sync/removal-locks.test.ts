import { setTimeout as sleep } from 'node:timers/promises';
import { emailOf } from './fake-remotes';
import { SyncHarness } from './sync-harness';

describe('the end of a sync run beside reports of devices', () => {
  let sync: SyncHarness;
  beforeEach(async () => {
    sync = await SyncHarness.open();
  });
  afterEach(() => sync.close());

  async function untilSomebodyWaits(): Promise<void> {
    for (let i = 0; i < 500; i += 1) {
      const { rowCount } = await sync.database.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      if (rowCount !== 0) return;
      await sleep(10);
    }
    throw new Error('nobody has waited');
  }

  it('waits for a user who is just reporting without holding up the report', async () => {
    const connectorId = await sync.connector();
    sync.fill(20);
    await sync.sync(connectorId);
    sync.cloudlink.users = sync.cloudlink.users.slice(1);
    await sync.sync(connectorId);
    // The first is due now, the second is missed for the first time, and reports while the run ends.
    sync.cloudlink.users = sync.cloudlink.users.slice(1);
    await sync.syncRuns.enqueue(connectorId, 'manual');
    let ended: Promise<unknown> | undefined;
    await sync.database.transaction(async (report) => {
      const user = [connectorId, emailOf(2)];
      await report.query('select from integrated_users where connector_id = $1 and email = $2 for no key update', user);
      ended = sync.attempt();
      await untilSomebodyWaits();
      await report.query(
        `update integrated_users set status = 'registered', status_since = now() where connector_id = $1 and email = $2`,
        user,
      );
    });
    expect(await ended).toMatchObject({ state: 'succeeded', counts: { removed: 1, missing: 2 } });
    expect(await sync.userOf(connectorId, emailOf(1))).toMatchObject({ status: 'removed' });
    expect(await sync.userOf(connectorId, emailOf(2))).toMatchObject({ status: 'registered' });
  });
});
