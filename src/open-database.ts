import { Client } from 'pg';
import type { Config } from './platform/config/config';
import { startEmbeddedPostgres } from './platform/database/embedded/embedded-postgres';
import type { Logger } from './platform/logging/logger';
import { StartupError } from './startup-error';

export interface OpenDatabase {
  url: string;
  embedded: boolean;
  stop(): Promise<void>;
}

/**
 * DATABASE_URL when it is set, otherwise our own PostgreSQL in DATA_DIR.
 * @param onLost our own server has ended without being told to
 */
export async function openDatabase(
  config: Config,
  logger: Logger,
  signal: AbortSignal,
  onLost: () => void,
): Promise<OpenDatabase> {
  if (config.databaseUrl !== undefined) {
    await checkReachable(config.databaseUrl);
    return { url: config.databaseUrl, embedded: false, stop: async () => undefined };
  }
  let stopping = false;
  const postgres = await startEmbeddedPostgres({
    dataDir: config.dataDir,
    signal,
    onLog: (line) => logger.debug({ line }, 'postgres'),
    onEnd: () => {
      if (!stopping) onLost();
    },
  });
  logger.info({ port: postgres.port, dataDir: config.dataDir }, 'embedded PostgreSQL is running');
  const stop = (): Promise<void> => {
    stopping = true;
    return postgres.stop();
  };
  return { url: postgres.url, embedded: true, stop };
}

async function checkReachable(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // pg reports a lost connection a second time as an event; without a listener it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number }>(
      `select current_setting('server_version_num')::int as version`,
    );
    const version = rows[0]?.version ?? 0;
    if (version < 140_000)
      throw new StartupError(
        `The database at DATABASE_URL is PostgreSQL ${Math.floor(version / 10_000)}; at least version 14 is needed.`,
      );
  } catch (error) {
    if (error instanceof StartupError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new StartupError(
      `The database at DATABASE_URL cannot be used (${code ?? message}). Is it running, and are user, password and database name right?`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}
