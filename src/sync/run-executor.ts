import type { Database } from '../platform/database/database';
import type { Logger } from '../platform/logging/logger';
import { assertNever } from '../platform/errors/assert-never';
import { withTraces } from '../platform/remote/trace-scope';
import type { ActiveGrants } from './active-grants';
import type { CloudLinkUsersPhase } from './cloudlink-users.phase';
import type { DeltaPhase } from './delta.phase';
import { MAX_ATTEMPTS, nextAttempt, type NextAttempt } from './next-attempt';
import type { RemovalPhase } from './removal.phase';
import { requireActive } from './require-active';
import type { RunContext } from './run-context';
import type { RunEndings } from './run-endings';
import type { RunErrorCode } from './run-error-code';
import { LeaseLost, RunFailure } from './run-failure';
import { LEASE_SECONDS, RunLease } from './run-lease';
import type { RunScratchRepository } from './run-scratch.repository';
import type { HeldRun, RunPhase, SyncRun } from './sync-run';
import type { SyncRunRepository } from './sync-run.repository';
import type { SyncedConnectorRepository } from './synced-connector.repository';
import type { ZoomUsersPhase } from './zoom-users.phase';

/** Failures that the next run mends by itself, or that are told elsewhere; for all others somebody must act. */
const NO_ALARM: ReadonlySet<RunErrorCode> = new Set<RunErrorCode>([
  'provider_unavailable',
  'unavailable',
  'connector_not_active',
  'interrupted',
  // Somebody must act, and the alert of the grant that died says so, once.
  'reauthorization_required',
]);

/** One attempt at a claimed run: from its checkpoint to its end, or to a failure that it stores. Never throws. */
export class RunExecutor {
  constructor(
    private readonly database: Database,
    private readonly grants: ActiveGrants,
    private readonly runs: SyncRunRepository,
    private readonly endings: RunEndings,
    private readonly connectors: SyncedConnectorRepository,
    private readonly scratch: RunScratchRepository,
    private readonly zoomUsers: ZoomUsersPhase,
    private readonly cloudlinkUsers: CloudLinkUsersPhase,
    private readonly removal: RemovalPhase,
    private readonly delta: DeltaPhase,
    private readonly logger: Logger,
    private readonly leaseSeconds: number = LEASE_SECONDS,
  ) {}

  /** `stop`: finish the page in hand, then let go of the run so that another worker can go on at once. */
  execute(run: HeldRun, stop: AbortSignal): Promise<void> {
    return withTraces(() => this.attempt(run, stop));
  }

  private async attempt(run: HeldRun, stop: AbortSignal): Promise<void> {
    const lease = new RunLease(this.runs, run, this.leaseSeconds, stop);
    const logger = this.logger.child({ connectorId: run.connectorId, runId: run.runId });
    try {
      logger.info(
        { trigger: run.trigger, mode: run.mode, phase: run.phase, attempts: run.attempts, counts: run.counts },
        'sync run started',
      );
      const context = await this.begin(run, lease.signal);
      this.logEnd(await this.runMode(context, run), logger);
    } catch (error) {
      await this.settle(run, error, lease, logger);
    } finally {
      lease.end();
    }
  }

  private async begin(run: HeldRun, signal: AbortSignal): Promise<RunContext> {
    if (run.attempts > MAX_ATTEMPTS) {
      throw new RunFailure('interrupted', 'The run was interrupted again and again at the same page.');
    }
    await this.database.transaction(async (transaction) => {
      await this.runs.lock(run, transaction);
      await this.runs.supersede(run, transaction);
      await this.scratch.clearOlder(run, transaction);
    });
    const connector = requireActive(await this.connectors.find(run.connectorId, this.database));
    const zoom = await this.grants.active(run.connectorId, 'zoom');
    // Nobody tells us when the admin at CloudLink loses the role; Zoom does, by webhook.
    const { grantId } = await this.grants.active(run.connectorId, 'cloudlink');
    await this.grants.check(run.connectorId, grantId);
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
    };
  }

  private async runMode(context: RunContext, { mode, phase }: HeldRun): Promise<SyncRun> {
    switch (mode) {
      case 'full':
        return this.runPhases(context, phase);
      case 'delta':
        return (await this.delta.run(context, phase)) ?? this.runPhases(context, 'zoom_users');
      default:
        return assertNever(mode);
    }
  }

  private async runPhases(context: RunContext, from: RunPhase): Promise<SyncRun> {
    switch (from) {
      case 'zoom_users':
        await this.zoomUsers.run(context);
        return this.runPhases(context, 'cloudlink_users');
      case 'cloudlink_users':
        await this.cloudlinkUsers.run(context);
        return this.runPhases(context, 'removal');
      case 'removal':
        await this.delta.judge(context);
        return this.removal.run(context);
      case 'done':
        throw new Error('a run that is done cannot go on');
      default:
        return assertNever(from);
    }
  }

  private async settle(run: HeldRun, error: unknown, lease: RunLease, logger: Logger): Promise<void> {
    try {
      if (lease.isLost || error instanceof LeaseLost) {
        logger.warn({}, 'sync run was taken over by another worker');
      } else if (lease.signal.aborted) {
        await this.runs.release(run);
        logger.info({}, 'sync run released, it goes on from its checkpoint');
      } else {
        await this.store(run, error, logger);
      }
    } catch (storeError) {
      // Nothing is lost: the lease ends by itself and a worker goes on from the checkpoint.
      logger.warn(
        { reason: reasonOf(storeError), after: reasonOf(error) },
        'the failure of a sync run could not be stored',
      );
    }
  }

  private async store(run: HeldRun, error: unknown, logger: Logger): Promise<void> {
    const next = await this.database.transaction(async (transaction): Promise<NextAttempt> => {
      const held = await this.runs.lock(run, transaction);
      const decision = nextAttempt(error, held.attempts + 1);
      if (decision.kind === 'wait') {
        await this.runs.postpone(run, decision.seconds, decision, transaction);
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

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const detail = (error as { detail?: unknown }).detail;
  // Our own errors carry a detail that is fit for the log; the detail of a database error quotes rows.
  return error.name === 'AppError' && typeof detail === 'string' ? `${error.message} (${detail})` : error.message;
}
