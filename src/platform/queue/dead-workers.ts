import { Client } from 'pg';
import type { Logger } from '../logging/logger';
import { reasonOf } from '../errors/reason-of';
import { endStoppedSessions } from './end-stopped-sessions';

/** Any number: tells our locks on worker names from other advisory locks of this database. */
const LOCK_SPACE = 726_451;
/** Sooner than a name counts as dead. */
const RECONNECT_MS = 1_000;

export interface DeadWorkersOptions {
  /** Between two signs of life, each of which also looks for dead workers (default 2 s: two statements on a tiny table). */
  beatMs?: number;
  /** A name whose lock nobody holds is dead after so long without a sign of life (default 5 s). */
  unheldSeconds?: number;
  /** So is, after so long, one whose connection still stands: a stopped process, a machine without power (default 30 s). */
  silentSeconds?: number;
}

/**
 * graphile-worker gives the jobs of a killed process back only after four hours, because a row cannot tell a slow
 * worker from a dead one. A session lock can: each worker holds one on its own name for as long as its process lives.
 * Its row in queue_workers says that it lives, too, for a connection may outlive what its process is good for, and a
 * connection that broke is made anew within a second: until then the fresh row speaks for the worker.
 */
export class DeadWorkers {
  private session: Promise<Client> | undefined;
  private readonly held = new Map<string, Promise<void>>();
  private reconnect: NodeJS.Timeout | undefined;
  private timer: NodeJS.Timeout | undefined;
  private beating: Promise<void> | undefined;
  /** Of the present session, by performance.now(). */
  private connectedAt = 0;
  private isClosed = false;
  private readonly beatMs: number;
  private readonly unheldSeconds: number;
  private readonly silentSeconds: number;

  constructor(
    private readonly databaseUrl: string,
    private readonly logger: Logger,
    options: DeadWorkersOptions = {},
  ) {
    this.beatMs = options.beatMs ?? 2_000;
    this.unheldSeconds = options.unheldSeconds ?? 5;
    this.silentSeconds = options.silentSeconds ?? 30;
  }

  /** Looks for dead workers from now on. */
  async start(): Promise<void> {
    const client = await this.connect();
    // Of a version before the table, or of a database that was restored: whoever does not speak up now is dead.
    await client.query(
      `insert into queue_workers (name, seen_at)
       select distinct locked_by, clock_timestamp() from graphile_worker._private_jobs where locked_by is not null
       on conflict (name) do nothing`,
    );
    this.timer = setInterval(() => void (this.beating ??= this.beatAndLook()), this.beatMs).unref();
  }

  /** Says that a worker lives, until `close` or the end of the process. The name is what stands in `locked_by`. */
  hold(name: string): Promise<void> {
    const known = this.held.get(name);
    if (known !== undefined) return known;
    // When this fails the next session takes the name.
    const held = this.connect().then((client) => this.take(client, [name]));
    this.held.set(name, held);
    return held;
  }

  /** A worker of this very process has ended, and something may have stayed in its hands. */
  async giveUp(name: string): Promise<void> {
    const client = await this.connect();
    await client.query('select graphile_worker.force_unlock_workers(array[$1])', [name]);
    this.held.delete(name);
    await client.query('delete from queue_workers where name = $1', [name]);
  }

  /** Gives back what dead workers had in hand. @returns how many workers were dead */
  async release(): Promise<number> {
    const client = await this.connect();
    // The row's age is asked again while it is deleted: a worker that has just spoken up keeps its jobs.
    const { rows } = await client.query<{ workers: number; jobs: number; unlocked: unknown }>(
      `with dead as (
         delete from queue_workers w
         where w.name <> all($1::text[]) and w.seen_at < clock_timestamp() - make_interval(secs => $2)
           and (w.seen_at < clock_timestamp() - make_interval(secs => $3) or not exists (
             select from pg_locks where locktype = 'advisory' and classid = $4::bigint::oid
               and objid = ((hashtext(w.name)::bigint + 4294967296) % 4294967296)::oid and objsubid = 2 and granted
               and database = (select oid from pg_database where datname = current_database())))
         returning name
       ), named as (select array_agg(name) as names from dead)
       select cardinality(names) as workers, graphile_worker.force_unlock_workers(names) as unlocked,
              (select count(*) from graphile_worker._private_jobs where locked_by = any(names))::int as jobs,
              pg_notify('jobs:insert', '{"count":100}')
       from named where names is not null`,
      [[...this.held.keys()], this.unheldSeconds, this.silentSeconds, LOCK_SPACE],
    );
    const [found] = rows;
    if (found === undefined) return 0;
    // One that ended in good order has nothing in hand.
    if (found.jobs > 0) this.logger.warn({ ...found, unlocked: undefined }, 'jobs of killed workers were given back');
    return found.workers;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.timer);
    clearTimeout(this.reconnect);
    await this.beating;
    const session = this.session;
    this.session = undefined;
    await session?.then((client) => client.end()).catch(() => undefined);
  }

  private async beatAndLook(): Promise<void> {
    try {
      await this.beat(await this.connect(), [...this.held.keys()]);
      // When all connections were lost at once, the others get time to speak up, too.
      if (performance.now() - this.connectedAt > this.unheldSeconds * 1000) await this.release();
      const stopped = await endStoppedSessions(await this.connect(), this.silentSeconds);
      if (stopped > 0) this.logger.warn({ stopped }, 'sessions of processes that stand still were ended');
    } catch (error) {
      this.logger.debug({ reason: reasonOf(error) }, 'no look for dead workers');
    } finally {
      this.beating = undefined;
    }
  }

  /** Locks the names on this session, and says so. A name that it holds already may be locked again. */
  private async take(client: Client, names: readonly string[]): Promise<void> {
    await client.query(`select pg_advisory_lock($1, hashtext(name)) from unnest($2::text[]) as n (name)`, [
      LOCK_SPACE,
      names,
    ]);
    await this.beat(client, names);
  }

  private async beat(client: Client, names: readonly string[]): Promise<void> {
    await client.query({
      name: 'queue-worker-lives',
      text: `insert into queue_workers (name, seen_at) select name, clock_timestamp() from unnest($1::text[]) as n (name)
             on conflict (name) do update set seen_at = excluded.seen_at`,
      values: [names],
    });
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
      // The server finds out within eight seconds that our machine is gone; by default it takes two hours.
      options: '-c tcp_keepalives_idle=4 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=2',
    });
    client.on('error', (error) => {
      // The fresh row speaks for us until the names are held again.
      this.logger.warn({ reason: error.message }, 'the connection that holds the workers’ names was lost');
      onLost();
    });
    await client.connect();
    try {
      await this.take(client, [...this.held.keys()]);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    this.connectedAt = performance.now();
    return client;
  }

  private lose(session: Promise<Client> | undefined): void {
    if (this.session !== session) return;
    this.session = undefined;
    if (this.isClosed || this.held.size === 0) return;
    clearTimeout(this.reconnect);
    this.reconnect = setTimeout(() => void this.connect().catch(() => undefined), RECONNECT_MS).unref();
  }
}
