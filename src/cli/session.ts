import { loadConfig } from '../load-config';
import type { Config } from '../platform/config/config';
import type { Environment } from '../platform/config/read-environment';
import { Database } from '../platform/database/database';
import { joinOrStartEmbeddedPostgres } from '../platform/database/embedded/embedded-postgres';

/** What a command works with. Services are made by hand from it: Nest and TypeORM cost 0.7 s, more than most commands. */
export interface Session {
  config: Config;
  databaseUrl: string;
  database: Database;
}

/** Opens the database that the program uses, embedded or not, beside a running program or without one, for as long as `work` runs. */
export async function withSession<T>(env: Environment, work: (session: Session) => Promise<T>): Promise<T> {
  const config = await loadConfig(env);
  const embedded =
    config.databaseUrl === undefined ? await joinOrStartEmbeddedPostgres({ dataDir: config.dataDir }) : undefined;
  const databaseUrl = config.databaseUrl ?? embedded?.url ?? '';
  const database = new Database(databaseUrl, { max: 2 });
  try {
    return await work({ config, databaseUrl, database });
  } finally {
    await database.close();
    await embedded?.stop();
  }
}
