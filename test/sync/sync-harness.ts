import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { DataSource } from 'typeorm';
import { AuditLog } from '../../src/platform/audit/audit-log';
import { SystemClock } from '../../src/platform/clock/clock';
import { ConnectorCiphers } from '../../src/platform/crypto/connector-cipher';
import { Keyring } from '../../src/platform/crypto/keyring';
import { Database } from '../../src/platform/database/database';
import { composeExecutor, composeRemoval } from '../../src/sync/compose-executor';
import { MissingUserRepository } from '../../src/sync/missing-user.repository';
import type { RemovalPatience } from '../../src/sync/removal.phase';
import { RunBell } from '../../src/sync/run-bell';
import type { RunExecutor } from '../../src/sync/run-executor';
import { RunProgressRepository } from '../../src/sync/run-progress.repository';
import { SyncProblemRepository } from '../../src/sync/sync-problem.repository';
import type { SyncRun } from '../../src/sync/sync-run';
import { SyncRunEntity } from '../../src/sync/sync-run.entity';
import { SyncRunHistory } from '../../src/sync/sync-run-history';
import { SyncRunRepository } from '../../src/sync/sync-run.repository';
import { SyncRuns } from '../../src/sync/sync-runs';
import { SyncWorker, type WorkerOptions } from '../../src/sync/sync.worker';
import { SyncedConnectorRepository } from '../../src/sync/synced-connector.repository';
import { createTestDatabase } from '../support/test-database';
import { FakeCloudLink, FakeGrants, FakeZoom, numbers, psiUser, zoomUser } from './fake-remotes';

export const NEVER = new AbortController().signal;

/** A migrated database, both remotes from memory, and the sync on top of them as the module puts it together. */
export class SyncHarness {
  readonly zoom = new FakeZoom();
  readonly cloudlink = new FakeCloudLink();
  readonly grants = new FakeGrants();
  readonly bell = new RunBell();
  readonly clock = new SystemClock();
  readonly patience: RemovalPatience = { removeMissingAfterSeconds: 0, syncIntervalSeconds: 900 };
  readonly lines: string[] = [];
  readonly logger = pino({ level: 'info' }, { write: (line: string) => void this.lines.push(line) });
  readonly runs: SyncRunRepository;
  readonly ciphers: ConnectorCiphers;
  readonly syncRuns: SyncRuns;
  private readonly workers: SyncWorker[] = [];

  private constructor(
    readonly database: Database,
    private readonly source: DataSource,
    private readonly drop: () => Promise<void>,
  ) {
    this.runs = new SyncRunRepository(database);
    this.ciphers = new ConnectorCiphers(new Keyring([{ id: 'test', key: randomBytes(32) }]), database);
    this.syncRuns = new SyncRuns(
      database,
      this.runs,
      new SyncRunHistory(source.getRepository(SyncRunEntity)),
      new SyncProblemRepository(),
      new RunProgressRepository(),
      new SyncedConnectorRepository(),
      new MissingUserRepository(),
      composeRemoval(database, this.clock, this.patience),
      new AuditLog(database),
      this.bell,
      this.logger,
    );
  }

  static async open(): Promise<SyncHarness> {
    const { url, drop } = await createTestDatabase();
    const source = new DataSource({ type: 'postgres', url, entities: [SyncRunEntity], poolSize: 2 });
    await source.initialize();
    return new SyncHarness(new Database(url), source, drop);
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.stop()));
    await this.source.destroy();
    await this.database.close();
    await this.drop();
  }

  /** Both sides list users 1 to `count`. */
  fill(count: number): void {
    this.zoom.users = numbers(count).map((n) => zoomUser(n));
    this.cloudlink.users = numbers(count).map((n) => psiUser(n));
  }

  async connector(changes: { state?: string; membership?: string } = {}): Promise<string> {
    const connectorId = randomUUID();
    await this.database.query(
      'insert into connectors (connector_id, state, membership, zoom_account_id, cloudlink_account_id) values ($1::uuid, $2, $3, $1::text, $1::text)',
      [connectorId, changes.state ?? 'active', changes.membership ?? 'automatic'],
    );
    await this.ciphers.create(connectorId, this.database);
    return connectorId;
  }

  executor(leaseSeconds = 15): RunExecutor {
    const { database, zoom, cloudlink, grants, ciphers, clock, logger, patience } = this;
    return composeExecutor({ database, zoom, cloudlink, grants, ciphers, clock, logger, patience, leaseSeconds });
  }

  /** One attempt by one worker; returns the run as it is then. */
  async attempt(owner = 'worker-1'): Promise<SyncRun> {
    const run = await this.runs.claim(owner, 15);
    if (run === undefined) throw new Error('there is no run to claim');
    await this.executor().execute(run, NEVER);
    return this.syncRuns.get(run.connectorId, run.runId);
  }

  /** A whole run. */
  async sync(connectorId: string): Promise<SyncRun> {
    await this.syncRuns.enqueue(connectorId, 'manual');
    return this.attempt();
  }

  worker(options: WorkerOptions = {}): SyncWorker {
    const worker = new SyncWorker(this.runs, this.executor(options.leaseSeconds), this.bell, this.logger, {
      pollMs: 50,
      ...options,
    });
    this.workers.push(worker);
    worker.start();
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

  /** Ends every wait and every lease of `connectorId` at once, as time would. */
  async passTime(connectorId: string): Promise<void> {
    await this.database.query(
      `update sync_runs set lease_until = now() where connector_id = $1 and state = 'running'`,
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

  async problemsOf(run: SyncRun): Promise<string[]> {
    const page = await this.syncRuns.listProblems(run.connectorId, run.runId, { limit: 200 });
    return page.items.map((problem) => `${problem.code} ${problem.cloudlinkUserId ?? '-'}`).sort();
  }
}
