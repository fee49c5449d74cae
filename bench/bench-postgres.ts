import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../src/platform/database/embedded/embedded-postgres';
import { migrate } from '../src/platform/database/migrate';

const DATABASE = 'bench';
/** What a sync writes of users. */
export const USER_TABLES = ['integrated_users', 'sip_credentials'] as const;

/** The embedded PostgreSQL with the settings that the program itself runs it with, in a folder that goes afterwards. */
export async function withPostgres<T>(work: (databaseUrl: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'connector-bench-'));
  try {
    const server = await startEmbeddedPostgres({ dataDir: folder });
    try {
      await runSql(server.url, `create database ${DATABASE}`);
      const url = new URL(server.url);
      url.pathname = `/${DATABASE}`;
      await migrate(url.href);
      return await work(url.href);
    } finally {
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** On a connection of its own: its end also makes the server publish the statistics of what it did. */
export async function runSql<R extends object = object>(
  url: string,
  sql: string,
  values: unknown[] = [],
): Promise<R[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** No run pays for what the one before has left: rows, a checkpoint that is due, a vacuum that begins. */
export async function emptyTables(url: string): Promise<void> {
  for (const table of USER_TABLES) await runSql(url, `alter table ${table} reset (autovacuum_enabled)`);
  await runSql(url, `truncate sync_runs, ${USER_TABLES.join(', ')} cascade`);
  await runSql(url, 'checkpoint');
}
