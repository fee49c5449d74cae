import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { Database } from '../src/platform/database/database';
import { migrate, migrationsDirectory } from '../src/platform/database/migrate';
import { loadMigrations } from '../src/platform/database/migrations';
import { dumpSchema } from './support/dump-schema';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from './support/test-database';

const DUMP = join(migrationsDirectory(), 'schema.sql');

describe('the schema', () => {
  const made: TestDatabase[] = [];
  afterAll(async () => {
    for (const database of made) await database.drop();
  });

  it('is what migrations/schema.sql says', async () => {
    const test = await createTestDatabase();
    made.push(test);
    const database = new Database(test.url, { max: 1 });
    const dump = await dumpSchema(database);
    await database.close();
    if (process.env['UPDATE_SCHEMA'] === '1') writeFileSync(DUMP, dump);
    expect(dump).toBe(readFileSync(DUMP, 'utf8'));
  });

  it('leads every primary key and index of a connector’s tables with connector_id', async () => {
    const test = await createTestDatabase();
    made.push(test);
    const database = new Database(test.url, { max: 1 });
    const { rows } = await database.query<{ index: string; definition: string }>(
      `select indexname as index, indexdef as definition from pg_indexes where schemaname = 'public'`,
    );
    await database.close();
    // Looked up before a connector is known, or for one account at its provider, or of no connector: by account, by client id, by a browser's secret, by key id, by a code or token.
    const known =
      /^(connectors_(zoom|cloudlink)_account_id_key|api_clients_client_id_key|oauth_attempts_.*|connect_sessions_.*|admin_sessions_(secret|browser)|signing_keys_pkey|marketplace_clients_pkey|authorizations_authorization_id_key|authorizations_live|oauth_artifacts_.*|revoked_tokens_expiry|webhook_deliveries_.*|rate_slots_pkey|provider_breakers_pkey|queue_workers_pkey|PK_.*)$/;
    const others = rows.filter(({ index, definition }) => !known.test(index) && !/\(connector_id/.test(definition));
    expect(others).toEqual([]);
  });

  // Two branches may each bring one, and the later merge the older number.
  it('is the same when a migration comes after younger ones have run', async () => {
    const test = await createEmptyDatabase();
    made.push(test);
    const late = 'authorization-server1764950000000';
    const source = new DataSource({
      type: 'postgres',
      url: test.url,
      migrations: loadMigrations(migrationsDirectory()).filter((Migration) => new Migration().name !== late),
      migrationsTableName: 'schema_migrations',
      poolSize: 1,
    });
    await source.initialize();
    await source.runMigrations({ transaction: 'each' });
    await source.query(
      `insert into signing_keys (kid, algorithm, private_jwk, created_at) values ('old', 'ES256', '', '2026-01-01T00:00:00Z')`,
    );
    expect(await migrate(test.url)).toEqual([late]);
    expect(await source.query('select signs_from from signing_keys')).toEqual([
      { signs_from: new Date('2026-01-01T00:00:00Z') },
    ]);
    await source.destroy();
    const database = new Database(test.url, { max: 1 });
    const dump = await dumpSchema(database);
    await database.close();
    // Columns of a table that both have added to stand in the order in which they came.
    const lines = (text: string): string[] => text.split('\n').sort();
    expect(lines(dump)).toEqual(lines(readFileSync(DUMP, 'utf8')));
  });

  it('keeps what a run that waits for approval has read of Zoom’s list', async () => {
    const test = await createEmptyDatabase();
    made.push(test);
    const all = loadMigrations(migrationsDirectory());
    const before = all.slice(
      0,
      all.findIndex((Migration) => new Migration().name === 'zoom-news1766400000000'),
    );
    const source = new DataSource({
      type: 'postgres',
      url: test.url,
      migrations: before,
      migrationsTableName: 'schema_migrations',
      poolSize: 1,
    });
    await source.initialize();
    await source.runMigrations({ transaction: 'each' });
    const id = '00000000-0000-4000-8000-000000000001';
    await source.query(`insert into connectors (connector_id, state) values ($1, 'active')`, [id]);
    await source.query(
      `insert into sync_runs (connector_id, run_id, trigger, state, mode, phase) values ($1, $1, 'manual', 'awaiting_approval', 'full', 'done')`,
      [id],
    );
    await source.query(
      `insert into integrated_users (connector_id, user_id, email, display_name, zoom_status, cloudlink_user_id, status)
       values ($1, gen_random_uuid(), 'listed@x.de', 'Of CloudLink', 'active', 'c1', 'inactive'),
              ($1, gen_random_uuid(), 'gone@x.de', 'Of CloudLink', 'active', 'c2', 'inactive'),
              ($1, gen_random_uuid(), 'removed@x.de', 'Of CloudLink', 'active', 'c3', 'removed'),
              ($1, gen_random_uuid(), 'chosen@x.de', '', null, null, 'pending')`,
      [id],
    );
    await source.query(
      `insert into sync_run_zoom_users (connector_id, run_id, email, zoom_status) values ($1, $1, 'listed@x.de', 'active')`,
      [id],
    );
    expect(await migrate(test.url)).toHaveLength(all.length - before.length);
    expect(await source.query('select email, zoom_status from sync_run_zoom_news order by email')).toEqual([
      { email: 'gone@x.de', zoom_status: null },
      { email: 'listed@x.de', zoom_status: 'active' },
    ]);
    expect(await source.query('select email from integrated_users where has_zoom_name')).toEqual([
      { email: 'chosen@x.de' },
    ]);
    await source.destroy();
  });

  it('can be brought up to date by several processes at once', async () => {
    const test = await createEmptyDatabase();
    made.push(test);
    const run = (): Promise<number | null> =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, ['dist/src/cli.js', 'migrate', '--json'], {
          env: {
            PATH: process.env['PATH'],
            DATABASE_URL: test.url,
            ENCRYPTION_KEYS: Buffer.alloc(32).toString('base64'),
          },
          stdio: 'inherit',
        });
        child.on('close', resolve);
      });
    expect(await Promise.all([run(), run(), run()])).toEqual([0, 0, 0]);
    expect(await migrate(test.url)).toEqual([]);
  });
});
