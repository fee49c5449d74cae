import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { DataSource } from 'typeorm';
import { AuditLog } from '../../src/platform/audit/audit-log';
import { SystemClock } from '../../src/platform/clock/clock';
import { ConnectorCiphers } from '../../src/platform/crypto/connector-cipher';
import { Keyring } from '../../src/platform/crypto/keyring';
import { Database } from '../../src/platform/database/database';
import { QueueWorker } from '../../src/platform/queue/queue-worker';
import { TaskRegistry } from '../../src/platform/queue/task-registry';
import { composeExecutor, composeRemoval } from '../../src/sync/compose-executor';
import { MissingUserRepository } from '../../src/sync/missing-user.repository';
import type { RemovalPatience } from '../../src/sync/removal.phase';
import { RunProgressRepository } from '../../src/sync/run-progress.repository';
import { DueSyncs } from '../../src/sync/due-syncs';
import { OrphanedRuns } from '../../src/sync/orphaned-runs';
import { RunClaimRepository } from '../../src/sync/run-claim.repository';
import type { RunExecutor, RunJob } from '../../src/sync/run-executor';
import { SyncProblemRepository } from '../../src/sync/sync-problem.repository';
import type { HeldRun, SyncRun } from '../../src/sync/sync-run';
import { SyncRunEntity } from '../../src/sync/sync-run.entity';
import { SyncRunHistory } from '../../src/sync/sync-run-history';
import { SyncRunRepository } from '../../src/sync/sync-run.repository';
import { SyncRuns } from '../../src/sync/sync-runs';
import { SyncTask } from '../../src/sync/sync.task';
import { SyncedConnectorRepository } from '../../src/sync/synced-connector.repository';
import { createTestDatabase } from '../support/test-database';
import { FakeCloudLink, FakeGrants, FakeZoom, numbers, psiUser, zoomUser } from './fake-remotes';

export const NEVER = new AbortController().signal;

export interface WorkerOptions {
  /** Runs at once (default 4). */
  slots?: number;
  /** 0: one page. */
  sliceSeconds?: number;
}

/** A run in hand, with the job that it is worked on for. */
export interface TakenRun {
  run: HeldRun;
  job: RunJob;
}

/** A migrated database, both remotes from memory, and the sync on top of them as the module puts it together. */
export class SyncHarness {
  readonly zoom = new FakeZoom();
  readonly cloudlink = new FakeCloudLink();
  readonly grants = new FakeGrants();
  readonly clock = new SystemClock();
  readonly patience: RemovalPatience = { removeMissingAfterSeconds: 0, syncIntervalSeconds: 900 };
  readonly key = randomBytes(32);
  readonly intervals = { syncIntervalSeconds: 600, fullSyncIntervalSeconds: 600 };
  readonly lines: string[] = [];
  readonly logger = pino({ level: 'info' }, { write: (line: string) => void this.lines.push(line) });
  readonly runs: SyncRunRepository;
  readonly ciphers: ConnectorCiphers;
  readonly syncRuns: SyncRuns;
  readonly audit: AuditLog;
  readonly claims: RunClaimRepository;
  readonly due: DueSyncs;
  readonly orphans: OrphanedRuns;
  private readonly workers: QueueWorker[] = [];

  private constructor(
    readonly url: string,
    readonly database: Database,
    private readonly source: DataSource,
    private readonly drop: () => Promise<void>,
  ) {
    this.runs = new SyncRunRepository(database);
    this.ciphers = new ConnectorCiphers(new Keyring([{ id: 'test', key: this.key }]), database);
    this.audit = new AuditLog(database);
    this.syncRuns = new SyncRuns(
      database,
      this.runs,
      new SyncRunHistory(source.getRepository(SyncRunEntity)),
      new SyncProblemRepository(),
      new RunProgressRepository(),
      new SyncedConnectorRepository(),
      new MissingUserRepository(),
      composeRemoval(database, this.clock, this.patience),
      this.audit,
      this.logger,
    );
    this.claims = new RunClaimRepository(database);
    this.due = new DueSyncs(database, new SyncedConnectorRepository(), this.runs, this.intervals, this.logger);
    this.orphans = new OrphanedRuns(database, this.claims, this.logger);
  }

  static async open(): Promise<SyncHarness> {
    const { url, drop } = await createTestDatabase();
    const source = new DataSource({ type: 'postgres', url, entities: [SyncRunEntity], poolSize: 2 });
    await source.initialize();
    return new SyncHarness(url, new Database(url), source, drop);
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.beforeApplicationShutdown()));
    await this.source.destroy();
    await this.database.close();
    await this.drop();
  }

  /** Both sides list users 1 to `count`. */
  fill(count: number): void {
    this.zoom.users = numbers(count).map((n) => zoomUser(n));
    this.cloudlink.users = numbers(count).map((n) => psiUser(n));
  }

  /** The schedule finds it in a day. */
  async connector(changes: { state?: string; membership?: string } = {}): Promise<string> {
    const connectorId = randomUUID();
    await this.database.query(
      `insert into connectors (connector_id, state, membership, zoom_account_id, cloudlink_account_id, next_sync_at)
       values ($1::uuid, $2, $3, $1::text, $1::text, now() + interval '1 day')`,
      [connectorId, changes.state ?? 'active', changes.membership ?? 'automatic'],
    );
    await this.ciphers.create(connectorId, this.database);
    return connectorId;
  }

  executor(sliceSeconds?: number): RunExecutor {
    const { database, zoom, cloudlink, grants, ciphers, clock, logger, patience } = this;
    const parts = { database, zoom, cloudlink, grants, ciphers, clock, logger, patience };
    return composeExecutor(sliceSeconds === undefined ? parts : { ...parts, sliceSeconds });
  }

  /** Takes the next job that is due, as a worker of the queue does, and the run that it is about. */
  async take(owner: string): Promise<TakenRun | undefined> {
    const { rows } = await this.database.query<{ id: string; connector_id: string }>(
      `update graphile_worker._private_jobs set locked_at = now(), locked_by = $1, attempts = attempts + 1
       where id = (select j.id from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
                   where t.identifier = 'sync' and j.is_available and j.run_at <= now()
                   order by j.priority, j.run_at limit 1 for update of j skip locked)
       returning id, payload ->> 'connectorId' as connector_id`,
      [owner],
    );
    const [job] = rows;
    if (job === undefined) return undefined;
    const run = await this.claims.claim(job.connector_id, owner);
    if (run === undefined) throw new Error('the job is about no run');
    return { run, job: { jobId: job.id, signal: NEVER } };
  }

  /** The connectors of all jobs that anybody will take up, whether they are due or not, in their order. */
  async jobs(): Promise<string[]> {
    const { rows } = await this.database.query<{ connector_id: string }>(
      `select payload ->> 'connectorId' as connector_id
       from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where t.identifier = 'sync' and j.is_available order by j.priority, j.run_at`,
    );
    return rows.map((row) => row.connector_id);
  }

  /** One attempt by one worker; returns the run as it is then. */
  attempt(owner = 'worker-1', sliceSeconds?: number): Promise<SyncRun> {
    return this.attemptBy(this.executor(sliceSeconds), owner);
  }

  /** By one that may have made others before. */
  async attemptBy(executor: RunExecutor, owner = 'worker-1'): Promise<SyncRun> {
    const taken = await this.take(owner);
    if (taken === undefined) throw new Error('there is no job to take');
    const { run, job } = taken;
    await executor.execute(run, job);
    await this.database.query('delete from graphile_worker._private_jobs where id = $1', [job.jobId]);
    return this.syncRuns.get(run.connectorId, run.runId);
  }

  /** A whole run. */
  async sync(connectorId: string): Promise<SyncRun> {
    await this.syncRuns.enqueue(connectorId, 'manual');
    return this.attempt();
  }

  /** A worker of the real queue. */
  async worker(options: WorkerOptions = {}): Promise<QueueWorker> {
    const tasks = new TaskRegistry();
    const executor = this.executor(options.sliceSeconds);
    new SyncTask(tasks, this.claims, executor, this.due, this.orphans).onModuleInit();
    const worker = new QueueWorker(this.url, tasks, this.logger, { longSlots: options.slots ?? 4 });
    this.workers.push(worker);
    await worker.onApplicationBootstrap();
    return worker;
  }

  /** Waits up to 10 s. */
  async until(connectorId: string, runId: string, done: (run: SyncRun) => boolean): Promise<SyncRun> {
    for (let i = 0; i < 500; i += 1) {
      const run = await this.syncRuns.get(connectorId, runId);
      if (done(run)) return run;
      await sleep(20);
    }
    throw new Error(`still ${JSON.stringify(await this.syncRuns.get(connectorId, runId))}`);
  }

  /** Ends every wait of `connectorId` at once, as time would; whoever has its job counts as dead. */
  async passTime(connectorId: string): Promise<void> {
    await this.database.query(
      `update graphile_worker._private_jobs set run_at = now(), locked_at = null, locked_by = null
       where key = 'sync/' || $1::text`,
      [connectorId],
    );
  }

  /** Everything that a sync is to leave behind, without ids and times that differ from run to run. */
  async endState(connectorId: string): Promise<unknown[]> {
    const { rows } = await this.database.query(
      `select u.email, u.display_name, u.zoom_user_id, u.zoom_status, u.cloudlink_user_id, u.extension, u.pbx_type, u.licences,
              u.membership, u.credential_state, u.status, c.user_name, c.realm, c.targets, c.md5_ha1 is not null as has_md5
       from integrated_users u left join sip_credentials c using (connector_id, user_id)
       where u.connector_id = $1 order by u.email`,
      [connectorId],
    );
    return rows;
  }

  async userOf(connectorId: string, email: string): Promise<Record<string, unknown> | undefined> {
    const { rows } = await this.database.query<Record<string, unknown>>(
      'select u.*, c.md5_ha1, c.sha256_ha1 from integrated_users u left join sip_credentials c using (connector_id, user_id) where u.connector_id = $1 and u.email = $2',
      [connectorId, email],
    );
    return rows[0];
  }

  /** The MD5 hash that is stored of the user with this email, opened. */
  async md5Of(connectorId: string, email: string): Promise<string> {
    const user = await this.userOf(connectorId, email);
    const cipher = await this.ciphers.for(connectorId);
    const place = { column: 'sip_credentials.md5_ha1', row: user?.['user_id'] as string } as const;
    return cipher.open(user?.['md5_ha1'] as Buffer, place);
  }

  async problemsOf(run: SyncRun): Promise<string[]> {
    const page = await this.syncRuns.listProblems(run.connectorId, run.runId, { limit: 200 });
    return page.items.map((problem) => `${problem.code} ${problem.cloudlinkUserId ?? '-'}`).sort();
  }
}
