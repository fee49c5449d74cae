import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { Database } from '../../src/platform/database/database';
import { SyncedUserRepository } from '../../src/sync/synced-user.repository';
import { ChosenUsersRepository } from '../../src/users/chosen/chosen-users.repository';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const USERS = 3_000;
const ASKED = 100;

/** PostgreSQL has counted the users of one connector when another one comes, with many more: the day of the second customer. */
describe('looking for users of a connector that the statistics do not know', () => {
  let place: TestDatabase;
  let database: Database;
  const connectorId = randomUUID();
  let ids: string[];
  const numbers = Array.from({ length: ASKED }, (_, n) => n * 20);
  const emails = numbers.map((n) => `user${n}@example.com`);

  beforeAll(async () => {
    place = await createTestDatabase();
    database = new Database(place.url);
    const insert = async (connector: string, users: number): Promise<void> => {
      await database.query(`insert into connectors (connector_id, state, zoom_account_id) values ($1, 'active', $2)`, [
        connector,
        connector,
      ]);
      await database.query(
        `insert into integrated_users (connector_id, user_id, email, zoom_user_id, cloudlink_user_id, credential_state, status, status_since)
         select $1, gen_random_uuid(), 'user' || n || '@example.com', 'zoom' || n, 'cl' || n, 'ready', 'inactive', now()
         from generate_series(0, $2::int - 1) n`,
        [connector, users],
      );
    };
    await insert(randomUUID(), 200);
    await database.query('analyze');
    await insert(connectorId, USERS);
    const { rows } = await database.query<{ user_id: string }>(
      'select user_id from integrated_users where connector_id = $1 and email = any($2)',
      [connectorId, emails],
    );
    ids = rows.map((row) => row.user_id);
  });
  afterAll(async () => {
    await database.close();
    await place.drop();
  });

  /** By this connection, since it last handed its counts in. */
  async function rowsRead(transaction: PoolClient): Promise<number> {
    const { rows } = await transaction.query<{ read: string }>(
      `select idx_tup_fetch + seq_tup_read as read from pg_stat_xact_user_tables where relname = 'integrated_users'`,
    );
    return Number(rows[0]?.read);
  }

  const users = new SyncedUserRepository();
  const chosen = new ChosenUsersRepository();

  it.each<[string, (transaction: PoolClient) => Promise<unknown>]>([
    ['by email', (via) => users.findByEmail(connectorId, emails, via)],
    [
      'by Zoom id',
      (via) =>
        users.findByZoomId(
          connectorId,
          numbers.map((n) => `zoom${n}`),
          via,
        ),
    ],
    [
      'by CloudLink id',
      (via) =>
        users.findByCloudLinkId(
          connectorId,
          numbers.map((n) => `cl${n}`),
          via,
        ),
    ],
    ['by email, for a choice', (via) => chosen.find(connectorId, emails, via)],
    ['by their ids, to be locked', (via) => chosen.lock(connectorId, ids, via)],
  ])('%s reads their rows and no others', async (_, look) => {
    const read = await database.transaction(async (transaction) => {
      const before = await rowsRead(transaction);
      await look(transaction);
      return (await rowsRead(transaction)) - before;
    });
    expect(read).toBe(ASKED);
  });
});
