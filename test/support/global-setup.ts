import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/database/embedded/embedded-postgres';
import { migrate } from '../../src/platform/database/migrate';

export const TEMPLATE_DATABASE = 'connector_template';

declare global {
  var testPostgres: { server: EmbeddedPostgres; folder: string } | undefined;
}

/** One real PostgreSQL for all integration tests; each test file gets its own copy of the migrated template. */
export default async function setup(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'connector-test-'));
  const server = await startEmbeddedPostgres({ dataDir: folder });
  const admin = new Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`create database ${TEMPLATE_DATABASE}`);
  await admin.end();
  await migrate(withDatabase(server.url, TEMPLATE_DATABASE));
  process.env['TEST_POSTGRES_URL'] = server.url;
  writeFileSync(join(folder, 'url'), server.url, { mode: 0o600 });
  globalThis.testPostgres = { server, folder };
}

export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.toString();
}
