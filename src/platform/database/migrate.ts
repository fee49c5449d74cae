import { join } from 'node:path';
import { Logger as WorkerLogger, runMigrations as migrateQueue } from 'graphile-worker';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { loadMigrations } from './migrations';

/** Any number: all processes of this program must use the same one. */
const MIGRATION_LOCK = 7_264_510_311;

/** migrations/ lies beside src/ in a checkout and beside dist/ in an image: three or four folders up from here. */
export function migrationsDirectory(): string {
  const up = __dirname.includes(`${join('dist', 'src')}`) ? ['..', '..', '..', '..'] : ['..', '..', '..'];
  return join(__dirname, ...up, 'migrations');
}

/**
 * Brings the schema up to date. Safe when several processes start at once: the first takes a session lock, the others
 * wait for it and then find nothing left to do. The lock goes with the connection, so a killed process never holds it.
 * @returns the names of the migrations that ran
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const lock = new Client({ connectionString: databaseUrl, application_name: 'zoom-cloudlink-connector migrate' });
  await lock.connect();
  const source = new DataSource({
    type: 'postgres',
    url: databaseUrl,
    migrations: loadMigrations(migrationsDirectory()),
    migrationsTableName: 'schema_migrations',
    poolSize: 1,
  });
  try {
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migrateQueue({ connectionString: databaseUrl, logger: new WorkerLogger(() => () => undefined) });
    await source.initialize();
    const done = await source.runMigrations({ transaction: 'each' });
    return done.map((migration) => migration.name);
  } finally {
    if (source.isInitialized) await source.destroy();
    await lock.end();
  }
}
