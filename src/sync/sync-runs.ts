import type { Actor } from '../platform/audit/actor';
import type { AuditLog } from '../platform/audit/audit-log';
import type { Database } from '../platform/database/database';
import { AppError } from '../platform/errors/app-error';
import type { Logger } from '../platform/logging/logger';
import { badCursor, readCursor, writeCursor } from '../platform/http/list-cursor';
import type { MissingUserRepository } from './missing-user.repository';
import type { RemovalPhase } from './removal.phase';
import { requireActive } from './require-active';
import { runProgress, type WatchedRun } from './run-progress';
import type { RunProgressRepository } from './run-progress.repository';
import { addSyncJob } from './sync-jobs';
import type { SyncProblem, SyncProblemRepository } from './sync-problem.repository';
import type { RunMode } from './run-mode';
import type { RunTrigger, SyncRun } from './sync-run';
import type { SyncRunHistory } from './sync-run-history';
import type { SyncRunRepository } from './sync-run.repository';
import type { SyncedConnectorRepository } from './synced-connector.repository';

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

const RUN_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PROBLEM_ID = /^\d{1,18}$/;

/** Starts sync runs, shows them, and lets a person approve what a run would not do by itself. */
export class SyncRuns {
  constructor(
    private readonly database: Database,
    private readonly runs: SyncRunRepository,
    private readonly history: SyncRunHistory,
    private readonly problems: SyncProblemRepository,
    private readonly progress: RunProgressRepository,
    private readonly connectors: SyncedConnectorRepository,
    private readonly missing: MissingUserRepository,
    private readonly removal: RemovalPhase,
    private readonly audit: AuditLog,
    private readonly logger: Logger,
  ) {}

  /**
   * A new run, or the one that is open already: only the former is a start, and audited where somebody asked for it.
   * A full run that is wanted while a delta is running comes after it.
   * @throws AppError `not_found`, `connector_not_active`, `reauthorization_required`
   */
  async enqueue(connectorId: string, trigger: RunTrigger, by?: Actor, mode: RunMode = 'full'): Promise<SyncRun> {
    requireActive(await this.connectors.find(connectorId, this.database));
    return this.database.transaction(async (transaction) => {
      const { isNew, ...open } = await this.runs.enqueue(connectorId, trigger, transaction, mode);
      if (isNew) await addSyncJob(connectorId, transaction);
      if (isNew && by !== undefined) {
        await this.audit.record({ ...by, connectorId, action: 'sync.started', subject: open.runId }, transaction);
      }
      if (mode === 'full' && open.mode === 'delta') await this.connectors.requestFullSync(connectorId, transaction);
      return open;
    });
  }

  /** @throws AppError `not_found` */
  async get(connectorId: string, runId: string): Promise<SyncRun> {
    const run = await this.history.find(connectorId, runId);
    if (run === undefined) throw unknownRun();
    return run;
  }

  /** A run with how far it has come. @throws AppError `not_found` */
  async watch(connectorId: string, runId: string): Promise<WatchedRun> {
    const run = await this.get(connectorId, runId);
    const facts = await this.progress.find(connectorId, runId, this.database);
    return { ...run, progress: facts === undefined ? null : runProgress(facts) };
  }

  /** Newest first. @throws AppError `invalid_request` for a cursor that is none */
  async list(connectorId: string, options: { limit: number; cursor?: string }): Promise<Page<SyncRun>> {
    const after = options.cursor === undefined ? undefined : readCursor(options.cursor, RUN_ID);
    if (after !== undefined && (await this.history.find(connectorId, after)) === undefined) throw badCursor();
    const runs = await this.history.list(connectorId, after, options.limit + 1);
    return toPage(runs, options.limit, (run) => run.runId);
  }

  /** In the order in which the run met them. @throws AppError `not_found`, `invalid_request` */
  async listProblems(
    connectorId: string,
    runId: string,
    options: { limit: number; cursor?: string },
  ): Promise<Page<SyncProblem>> {
    const after = options.cursor === undefined ? '0' : readCursor(options.cursor, PROBLEM_ID);
    await this.get(connectorId, runId);
    const found = await this.problems.list(connectorId, runId, after, options.limit + 1, this.database);
    return toPage(found, options.limit, (problem) => problem.problemId);
  }

  /**
   * Removes all users whom a run did not find, marked before or not, although they are suspiciously many. Only the newest run may do so: what
   * an older one has read is no longer true. Who is missing is asked again, and may only have become fewer.
   * @throws AppError `not_found`, `conflict`
   */
  async approve(connectorId: string, runId: string, by: Actor): Promise<SyncRun> {
    const ended = await this.database.transaction(async (transaction) => {
      const connector = await this.connectors.lock(connectorId, transaction);
      const run = await this.runs.lockById(connectorId, runId, transaction);
      if (connector === undefined || run === undefined) throw unknownRun();
      if (run.state !== 'awaiting_approval') throw new AppError('conflict', 'This run does not wait for approval.');
      if (!(await this.runs.isNewest(run, transaction))) {
        throw new AppError('conflict', 'A newer run exists: only the newest one can be approved.');
      }
      const { missing } = await this.missing.count(run, connector.membership, run.createdAt, transaction);
      if (missing > run.counts.missing) {
        throw new AppError('conflict', 'More users are missing now than this run has shown: start a new sync.');
      }
      const { missing: shown } = run.counts;
      await this.audit.record(
        { ...by, connectorId, action: 'sync.removal_approved', subject: runId, details: { missing: shown } },
        transaction,
      );
      return this.removal.removeAll(run, connector.membership, transaction);
    });
    this.logger.info({ connectorId, runId, counts: ended.counts }, 'sync run approved');
    return ended;
  }
}

const unknownRun = (): AppError => new AppError('not_found', 'There is no such sync run.');

/** `items` holds one more than `limit` when there is another page. */
function toPage<T>(items: T[], limit: number, keyOf: (item: T) => string): Page<T> {
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown, nextCursor: items.length > limit && last !== undefined ? writeCursor(keyOf(last)) : null };
}
