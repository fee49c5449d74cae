import type { Database } from '../platform/database/database';
import type { Logger } from '../platform/logging/logger';
import { assertNever } from '../platform/errors/assert-never';
import { withTraces } from '../platform/remote/trace-scope';
import { JobTakenOver } from '../platform/queue/job-taken-over';
import type { JobContext } from '../platform/queue/task-registry';
import type { ActiveGrants } from './active-grants';
import type { CloudLinkUsersPhase } from './cloudlink-users.phase';
import type { DeltaPhase } from './delta.phase';
import { MAX_ATTEMPTS, nextAttempt, type NextAttempt } from './next-attempt';
import type { RemovalPhase } from './removal.phase';
import { requireActive } from './require-active';
import type { RunClaimRepository } from './run-claim.repository';
import type { RunContext } from './run-context';
import type { RunEndings } from './run-endings';
import type { RunErrorCode } from './run-error-code';
import { LeaseLost, RunFailure } from './run-failure';
import type { RunScratchRepository } from './run-scratch.repository';
import { Slice, SliceOver } from './slice';
import { goOnLater } from './sync-jobs';
import type { HeldRun, RunPhase, SyncRun } from './sync-run';
import type { SyncRunRepository } from './sync-run.repository';
import type { SyncedConnectorRepository } from './synced-connector.repository';
import type { ZoomUsersPhase } from './zoom-users.phase';
import { reasonOf } from '../platform/errors/reason-of';

/** Failures that the next run mends by itself, or that are told elsewhere; for all others somebody must act. */
const NO_ALARM: ReadonlySet<RunErrorCode> = new Set<RunErrorCode>([
  'provider_unavailable',
  'unavailable',
  'connector_not_active',
  'interrupted',
  // Somebody must act, and the alert of the grant that died says so, once.
  'reauthorization_required',
]);

/** What an attempt must know of the job that it is made for. */
export type RunJob = Pick<JobContext, 'jobId' | 'signal'>;

/** One slice of a claimed run: from its checkpoint to its end, to the end of the slice, or to a failure that it stores. */
export class RunExecutor {
  constructor(
    private readonly database: Database,
    private readonly grants: ActiveGrants,
    private readonly runs: SyncRunRepository,
    private readonly claims: RunClaimRepository,
    private readonly endings: RunEndings,
    private readonly connectors: SyncedConnectorRepository,
    private readonly scratch: RunScratchRepository,
    private readonly zoomUsers: ZoomUsersPhase,
    private readonly cloudlinkUsers: CloudLinkUsersPhase,
    private readonly removal: RemovalPhase,
    private readonly delta: DeltaPhase,
    private readonly logger: Logger,
    private readonly sliceSeconds: number | undefined,
  ) {}

  /**
   * The signal of the job: finish the page in hand, then let go of the run so that another worker can go on at once.
   * @throws JobTakenOver, or Error when not even the failure could be stored: then the job is tried again
   */
  execute(run: HeldRun, job: RunJob): Promise<void> {
    return withTraces(() => this.attempt(run, job));
  }

  private async attempt(run: HeldRun, job: RunJob): Promise<void> {
    const logger = this.logger.child({ connectorId: run.connectorId, runId: run.runId });
    try {
      const { trigger, mode, phase, attempts, counts } = run;
      const facts = { trigger, mode, phase, attempts, counts };
      if (isInOrder(run)) logger.debug(facts, 'sync run goes on');
      else logger.info(facts, 'sync run started');
      const context = await this.begin(run, job.signal);
      this.logEnd(await this.runMode(context, run), logger);
    } catch (error) {
      await this.settle(run, error, job, logger);
    }
  }

  private async begin(run: HeldRun, signal: AbortSignal): Promise<RunContext> {
    if (run.attempts > MAX_ATTEMPTS) {
      throw new RunFailure('interrupted', 'The run was interrupted again and again at the same page.');
    }
    if (!isInOrder(run)) {
      await this.database.transaction(async (transaction) => {
        await this.runs.lock(run, transaction);
        await this.runs.supersede(run, transaction);
        await this.scratch.clearOlder(run, transaction);
      });
    }
    const connector = requireActive(await this.connectors.find(run.connectorId, this.database));
    const zoom = await this.grants.active(run.connectorId, 'zoom');
    if (!isInOrder(run)) {
      // Nobody tells us when the admin at CloudLink loses the role; Zoom does, by webhook.
      const { grantId } = await this.grants.active(run.connectorId, 'cloudlink');
      await this.grants.check(run.connectorId, grantId);
    }
    const cloudlink = await this.grants.active(run.connectorId, 'cloudlink');
    return {
      key: run,
      membership: connector.membership,
      deltaFrom: connector.deltaFrom,
      cloudlinkAccountId: cloudlink.accountId,
      zoom: zoom.tokens,
      cloudlink: cloudlink.tokens,
      checkpoint: run.checkpoint,
      signal,
      // Not before: a slice that is spent on grants alone would never come to a page.
      slice: new Slice(this.sliceSeconds),
    };
  }

  private async runMode(context: RunContext, { mode, phase }: HeldRun): Promise<SyncRun> {
    switch (mode) {
      case 'full':
        return this.runPhases(context, phase, true);
      case 'delta':
        return (await this.delta.run(context, phase)) ?? this.runPhases(context, 'zoom_users', false);
      default:
        return assertNever(mode);
    }
  }

  /** `goesOn`: an earlier slice may have begun with this phase. */
  private async runPhases(context: RunContext, from: RunPhase, goesOn: boolean): Promise<SyncRun> {
    switch (from) {
      case 'zoom_users':
        await this.zoomUsers.run(context);
        return this.runPhases(context, 'cloudlink_users', false);
      case 'cloudlink_users':
        await this.zoomUsers.compareLate(context);
        await this.cloudlinkUsers.run(context);
        return this.runPhases(context, 'removal', false);
      case 'removal':
        await this.delta.judge(context);
        return this.removal.run(context, goesOn);
      case 'done':
        throw new Error('a run that is done cannot go on');
      default:
        return assertNever(from);
    }
  }

  private async settle(run: HeldRun, error: unknown, job: RunJob, logger: Logger): Promise<void> {
    try {
      if (error instanceof SliceOver || (job.signal.aborted && !(error instanceof LeaseLost))) {
        await this.letGo(run, job);
        if (error instanceof SliceOver) logger.debug({}, 'sync run lets others go first');
        else logger.info({}, 'sync run released, it goes on from its checkpoint');
      } else {
        await this.store(run, error, job, logger);
      }
    } catch (storeError) {
      if (storeError instanceof LeaseLost) {
        logger.warn({}, 'sync run was taken over by another worker');
        throw new JobTakenOver(storeError);
      }
      // Nothing is lost: the queue tries again, and a worker goes on from the checkpoint.
      logger.warn(
        { reason: reasonOf(storeError), after: reasonOf(error) },
        'the failure of a sync run could not be stored',
      );
      throw storeError;
    }
  }

  private async letGo(run: HeldRun, { jobId }: RunJob): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await this.claims.letGo(run, transaction);
      await goOnLater({ jobId, connectorId: run.connectorId, seconds: 0 }, transaction);
    });
  }

  private async store(run: HeldRun, error: unknown, { jobId }: RunJob, logger: Logger): Promise<void> {
    const next = await this.database.transaction(async (transaction): Promise<NextAttempt> => {
      const held = await this.runs.lock(run, transaction);
      const decision = nextAttempt(error, held.attempts + 1);
      if (decision.kind === 'wait') {
        await this.claims.postpone(run, decision, transaction);
        const { connectorId } = run;
        await goOnLater({ jobId, connectorId, seconds: decision.seconds }, transaction);
      } else {
        await this.endings.end(held, { state: 'failed', error: decision }, transaction);
        await this.scratch.clear(held, transaction);
      }
      return decision;
    });
    const facts = { code: next.code, reason: reasonOf(error) };
    if (next.kind === 'wait') logger.warn({ ...facts, seconds: next.seconds }, 'sync run waits for its next attempt');
    else if (NO_ALARM.has(next.code)) logger.warn(facts, 'sync run failed');
    else logger.error(next.code === 'internal_error' ? { ...facts, err: error } : facts, 'sync run failed');
  }

  private logEnd(run: SyncRun, logger: Logger): void {
    const ms = (run.finishedAt ?? run.createdAt).getTime() - (run.startedAt ?? run.createdAt).getTime();
    const facts = { state: run.state, mode: run.mode, counts: run.counts, ms };
    if (run.state === 'awaiting_approval')
      logger.error({ ...facts, reason: run.error?.message }, 'sync run waits for approval');
    else logger.info(facts, 'sync run ended');
  }
}

/** It was let go of between two pages. Whatever comes before the first page, or what an interruption may call for, is done. */
const isInOrder = ({ attempts, hasPages }: HeldRun): boolean => attempts === 0 && hasPages;
