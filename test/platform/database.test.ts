import { setTimeout as sleep } from 'node:timers/promises';
import { Database } from '../../src/platform/database/database';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

describe('the database', () => {
  let place: TestDatabase;
  let database: Database;
  const idleErrors: string[] = [];

  beforeEach(async () => {
    place = await createTestDatabase();
    idleErrors.length = 0;
    database = new Database(place.url, { max: 3, onIdleError: (error) => void idleErrors.push(error.message) });
  });
  afterEach(async () => {
    await database.close();
    await place.drop();
  });

  const pidOf = async (via: Pick<Database, 'query'>): Promise<unknown> =>
    (await via.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid;
  async function end(pid: unknown): Promise<void> {
    await database.query('select pg_terminate_backend($1)', [pid]);
    await sleep(100);
  }

  it('leaves the other cores to others, whatever one question could make use of', async () => {
    const { rows } = await database.query('show max_parallel_workers_per_gather');
    expect(rows).toEqual([{ max_parallel_workers_per_gather: '0' }]);
  });

  // Without a listener on the connection itself this is an uncaught exception: the end of the whole program.
  it.each(['transaction', 'connection'] as const)(
    'fails a %s whose connection ends between two statements, and nothing else',
    async (kind) => {
      const work = async (client: Pick<Database, 'query'>): Promise<void> => {
        await end(await pidOf(client));
        await client.query('select 1');
      };
      await expect(database[kind](work)).rejects.toThrow();
      expect(await pidOf(database)).toEqual(expect.any(Number));
      expect(idleErrors).toEqual([]);
    },
  );

  it('reports an idle connection that ends, and goes on with another', async () => {
    await database.transaction(async (transaction) => {
      const idle = await database.query('select pg_backend_pid() as pid');
      await transaction.query('select pg_terminate_backend($1)', [idle.rows[0]?.['pid']]);
    });
    for (let n = 0; n < 100 && idleErrors.length === 0; n += 1) await sleep(50);
    expect(idleErrors).toHaveLength(1);
    expect(await pidOf(database)).toEqual(expect.any(Number));
  });
});
