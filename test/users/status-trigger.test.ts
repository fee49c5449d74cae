import { randomUUID } from 'node:crypto';
import { UsersApp } from './users-app';

describe('the trigger that logs moves of statuses', () => {
  let users: UsersApp;
  beforeAll(async () => {
    users = await UsersApp.start();
  });
  afterAll(() => users.stop());

  beforeEach(async () => {
    await users.database.query('delete from integrated_users');
    await users.database.query('truncate status_transitions, status_feeds');
  });

  it('finds what is beyond the fiftieth of each user without reading the moves of others', async () => {
    const { connectorId, database } = users;
    // Statistics that tempt: nearly all moves are of one user, so fifty of a user seem to be near wherever one looks.
    await database.query(
      `insert into status_transitions (connector_id, position, user_id, previous, status, at)
       select $1, n, $2, 'inactive', 'registered', now() from generate_series(1, 20000) n`,
      [connectorId, randomUUID()],
    );
    await database.query('insert into status_feeds (connector_id, last_position) values ($1, 20000)', [connectorId]);
    await database.query(
      `insert into integrated_users (connector_id, user_id, email, credential_state, status, zoom_status)
       select $1, gen_random_uuid(), 'm' || n || '@example.com', 'ready', 'inactive', 'active' from generate_series(1, 300) n`,
      [connectorId],
    );
    await database.query('analyze status_transitions, integrated_users');
    const readByKey = (): Promise<number> =>
      database.transaction(async (transaction) => {
        await transaction.query('select pg_stat_force_next_flush()');
        const { rows } = await transaction.query<{ read: string }>(
          `select idx_tup_read as read from pg_stat_user_indexes where indexrelname = 'status_transitions_pkey'`,
        );
        return Number(rows[0]?.read);
      });
    const before = await readByKey();
    await database.transaction(async (transaction) => {
      await transaction.query('select pg_stat_force_next_flush()');
      await transaction.query(`update integrated_users set status = 'registered', status_since = now()`);
    });
    expect((await readByKey()) - before).toBeLessThan(1_000);
    const { rows } = await database.query<{ moves: number }>(
      `select count(*)::int as moves from status_transitions where position > 20000`,
    );
    expect(rows).toEqual([{ moves: 300 }]);
  });
});
