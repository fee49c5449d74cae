import { Client, DatabaseError } from 'pg';
import { EmbeddedPostgresError, type EmbeddedPostgresErrorCode } from './embedded-postgres-error';
import { sentenceFor } from './explain-failure';
import { superuser } from './make-cluster';

export const databaseName = 'connector';

export const databaseUrl = (port: number, password: string, database = databaseName): string =>
  `postgres://${superuser}:${password}@127.0.0.1:${port}/${database}`;

async function withClient<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 30_000 });
  // A connection that breaks while nobody waits for it would otherwise end the program.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Whether the server of this cluster answers there. SCRAM proves both sides: only our cluster knows this password, so a
 * stranger on a port that changed hands is not mistaken for it.
 */
export async function answers(url: string): Promise<boolean> {
  return withClient(url, () => Promise.resolve(true)).catch(() => false);
}

/**
 * Makes the database unless it exists; asked at each start, because the first one may have been killed before this.
 * Asked in `postgres`, which initdb made: a try at the missing one would put a FATAL line into the log of a good start.
 */
export async function ensureDatabase(dataDir: string, port: number, password: string): Promise<void> {
  try {
    await withClient(databaseUrl(port, password, 'postgres'), async (client) => {
      const { rowCount } = await client.query('select from pg_database where datname = $1', [databaseName]);
      if (rowCount === 0) await client.query(`create database ${databaseName}`);
    });
  } catch (error) {
    const code = meaningOf(error);
    if (code === undefined || !(error instanceof Error)) throw error;
    throw new EmbeddedPostgresError(code, sentenceFor(code, dataDir, error.message), { cause: error });
  }
}

function meaningOf(error: unknown): EmbeddedPostgresErrorCode | undefined {
  const sqlState = error instanceof DatabaseError ? error.code : undefined;
  if (sqlState === '28P01') return 'password_mismatch';
  return sqlState === '53100' ? 'disk_full' : undefined;
}
