import type { Database } from '../../src/platform/database/database';
import { endedRun, startProgram } from '../support/program';
import { SyncHarness } from './sync-harness';

/** -1: never yet. */
const counted = async (database: Pick<Database, 'query'>): Promise<number> => {
  const { rows } = await database.query<{ n: number }>(
    `select reltuples::int as n from pg_class where oid = 'integrated_users'::regclass`,
  );
  return rows[0]?.n ?? 0;
};

/** What PostgreSQL thinks how many users there are decides whether it finds one by index (decision 19). */
describe('a first sync of many users', () => {
  it('has them counted while it goes on', async () => {
    const program = await startProgram({ users: 6_000 });
    try {
      expect(await counted(program.database)).toBeLessThan(1);
      await program.connect();
      const [connectorId = ''] = await program.connectorIds();
      expect(await endedRun(program, connectorId)).toMatchObject({ state: 'succeeded' });
      expect(await counted(program.database)).toBeGreaterThanOrEqual(5_000);
    } finally {
      await program.stop();
    }
  });

  it('has them counted also where no turn of it brings many', async () => {
    const sync = await SyncHarness.open();
    try {
      sync.fill(6_000);
      sync.cloudlink.pageSize = 1_000;
      const connectorId = await sync.connector();
      let run = await sync.syncRuns.enqueue(connectorId, 'manual');
      for (let turn = 0; turn < 30 && run.state !== 'succeeded'; turn += 1) run = await sync.attempt('worker-1', 0);
      expect(run).toMatchObject({ state: 'succeeded', counts: { created: 6_000 } });
      expect(await counted(sync.database)).toBeGreaterThanOrEqual(5_000);
    } finally {
      await sync.close();
    }
  });
});
