import {
  Pool,
  types,
  type CustomTypesConfig,
  type PoolClient,
  type QueryConfig,
  type QueryResult,
  type QueryResultRow,
} from 'pg';
import { parseTimestamp } from './parse-timestamp';

/** As which the pool's sessions show in pg_stat_activity. */
export const APPLICATION_NAME = 'zoom-cloudlink-connector';

/** As pg reads columns, but for times. */
const COLUMN_TYPES: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): unknown =>
    oid === Number(types.builtins.TIMESTAMPTZ) && format !== 'binary'
      ? parseTimestamp
      : types.getTypeParser(oid, format),
};

/** What can run a statement: the pool, or one transaction. */
export interface Queryable {
  query<R extends QueryResultRow = QueryResultRow>(
    text: string | QueryConfig,
    values?: unknown[],
  ): Promise<QueryResult<R>>;
}

/**
 * PostgreSQL through `pg` itself, for everything that needs row locks, sets or prepared statements.
 * (TypeORM serves migrations and the admin lists; see docs/decisions/0003.)
 */
export class Database implements Queryable {
  private readonly pool: Pool;

  constructor(url: string, options: { max?: number; onIdleError?: (error: Error) => void } = {}) {
    this.pool = new Pool({
      connectionString: url,
      max: options.max ?? 12,
      connectionTimeoutMillis: 10_000,
      statement_timeout: 60_000,
      idle_in_transaction_session_timeout: 120_000,
      application_name: APPLICATION_NAME,
      types: COLUMN_TYPES,
      // One core for one question: a person who searches 100 000 users must not take them all from what apps wait for.
      // Whoever wants it otherwise says so in the URL (`?options=`), which comes before this.
      options: '-c max_parallel_workers_per_gather=0',
    });
    // An idle connection that the server closes must not end the process.
    this.pool.on('error', (error) => options.onIdleError?.(error));
    // Nor must one that is lost between two statements of a transaction: the pool listens only to idle ones, and an
    // error that nobody listens to is an uncaught exception. Whoever holds the connection hears of it at the next statement.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  query<R extends QueryResultRow = QueryResultRow>(
    text: string | QueryConfig,
    values?: unknown[],
  ): Promise<QueryResult<R>> {
    return values === undefined ? this.pool.query<R>(text) : this.pool.query<R>(text, values);
  }

  /** Commits what `work` did, or rolls everything back when it throws. */
  async transaction<T>(work: (transaction: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('begin');
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((rollbackError: Error) => (broken = rollbackError));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** One connection for as long as `work` runs: COPY, LISTEN, session locks. */
  async connection<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      return await work(client);
    } finally {
      client.release();
    }
  }

  close(): Promise<void> {
    return this.pool.end();
  }
}
