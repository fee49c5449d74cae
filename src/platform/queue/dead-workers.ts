import { Client } from 'pg';
import type { Logger } from '../logging/logger';

/** Any number: tells our locks on worker names from other advisory locks of this database. */
const LOCK_SPACE = 726_451;
/** A worker may take its first job a moment before its name is locked. */
const YOUNGEST_SECONDS = 15;
/** Sooner than anybody looks for dead workers. */
const RECONNECT_MS = 1_000;

/**
 * graphile-worker gives the jobs of a killed process back only after four hours, because a row cannot tell a slow
 * worker from a dead one. A session lock can: each worker holds one on its own name for as long as its process lives,
 * and whoever can take the lock of the name on a job has found a dead worker.
 */
export class DeadWorkers {
  private session: Promise<Client> | undefined;
  private names: readonly string[] = [];
  private reconnect: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(
    private readonly databaseUrl: string,
    private readonly logger: Logger,
    private readonly youngestSeconds: number = YOUNGEST_SECONDS,
  ) {}

  /** Says that these live, until `close` or the end of the process. A name is what stands in `locked_by`. */
  async holdNames(names: readonly string[]): Promise<void> {
    await this.close();
    this.isClosed = false;
    this.names = names;
    await this.connect();
  }

  /** Gives back what dead workers had in hand. @returns how many workers were dead */
  async release(): Promise<number> {
    const client = await this.connect();
    const { rows } = await client.query<{ id: string }>(
      `select distinct locked_by as id from graphile_worker.jobs
       where locked_by is not null and locked_at < clock_timestamp() - make_interval(secs => $1)`,
      [this.youngestSeconds],
    );
    const dead: string[] = [];
    for (const { id } of rows) if (await this.isDead(client, id)) dead.push(id);
    if (dead.length === 0) return 0;
    await client.query('select graphile_worker.force_unlock_workers($1::text[])', [dead]);
    this.logger.warn({ workers: dead.length }, 'jobs of killed workers were given back');
    return dead.length;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.reconnect);
    const session = this.session;
    this.session = undefined;
    await session?.then((client) => client.end()).catch(() => undefined);
  }

  /** Our own names lie on this very session, which may lock them again: look at the list of locks instead of trying. */
  private async isDead(client: Client, workerId: string): Promise<boolean> {
    const { rows } = await client.query<{ held: boolean }>(
      `select exists (select from pg_locks where locktype = 'advisory' and classid = $1::bigint::oid
         and objid = ((hashtext($2)::bigint + 4294967296) % 4294967296)::oid and objsubid = 2 and granted
         and database = (select oid from pg_database where datname = current_database())) as held`,
      [LOCK_SPACE, workerId],
    );
    return rows[0]?.held !== true;
  }

  private connect(): Promise<Client> {
    if (this.session !== undefined) return this.session;
    const session: Promise<Client> = this.open(() => this.lose(session));
    this.session = session;
    session.catch(() => this.lose(session));
    return session;
  }

  /** Whoever loses the session loses the locks with it: a new one takes the names again. */
  private async open(onLost: () => void): Promise<Client> {
    const client = new Client({
      connectionString: this.databaseUrl,
      application_name: 'zoom-cloudlink-connector workers',
      connectionTimeoutMillis: 10_000,
      statement_timeout: 30_000,
      keepAlive: true,
    });
    client.on('error', (error) => {
      // Until the names are held again others may take our jobs: they are harmless when done twice, by contract.
      this.logger.warn({ reason: error.message }, 'the connection that holds the workers’ names was lost');
      onLost();
    });
    await client.connect();
    try {
      if (this.names.length > 0) {
        await client.query(`select pg_advisory_lock($1, hashtext(name)) from unnest($2::text[]) as n (name)`, [
          LOCK_SPACE,
          this.names,
        ]);
      }
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    return client;
  }

  private lose(session: Promise<Client> | undefined): void {
    if (this.session !== session) return;
    this.session = undefined;
    if (this.isClosed || this.names.length === 0) return;
    clearTimeout(this.reconnect);
    this.reconnect = setTimeout(() => void this.connect().catch(() => undefined), RECONNECT_MS).unref();
  }
}
