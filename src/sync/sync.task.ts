import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { OnModuleInit } from '@nestjs/common';
import { ENQUEUE_DUE_SYNC } from '../connector/connector-jobs';
import type { JobContext, TaskRegistry } from '../platform/queue/task-registry';
import type { DueSyncs } from './due-syncs';
import type { OrphanedRuns } from './orphaned-runs';
import type { RunClaimRepository } from './run-claim.repository';
import type { RunExecutor } from './run-executor';
import { ADOPT_RUNS, ENQUEUE_DUE_SYNCS, SYNC } from './sync-jobs';

/**
 * The queue's jobs that are about sync runs. What happens to a run on
 *   a throw: it waits and is tried again, or fails; see next-attempt.ts;
 *   the end of its slice: the page in hand is stored, and the run goes to the back of the queue;
 *   SIGTERM: the same, and it goes on elsewhere or after the restart at once;
 *   SIGKILL, power cut: another worker, or this one after its restart, goes on from the checkpoint; see QueueWorker.
 */
export class SyncTask implements OnModuleInit {
  /** For whoever reads the row; what tells two workers apart is the part that is new for each job. */
  private readonly host = `${hostname()}/${process.pid}`;

  constructor(
    private readonly tasks: TaskRegistry,
    private readonly claims: RunClaimRepository,
    private readonly executor: RunExecutor,
    private readonly due: DueSyncs,
    private readonly orphans: OrphanedRuns,
  ) {}

  onModuleInit(): void {
    this.tasks.register(SYNC, ({ connectorId }, job) => this.work(String(connectorId), job), 'long');
    this.tasks.register(ENQUEUE_DUE_SYNC, ({ connectorId }) => this.due.enqueueOne(String(connectorId)));
    this.tasks.registerEveryMinute(ENQUEUE_DUE_SYNCS, async () => {
      await this.due.enqueueAll();
    });
    this.tasks.registerEveryMinute(ADOPT_RUNS, async () => {
      await this.orphans.adopt();
    });
  }

  /** The run may be over: ended by a disconnect, or by a worker that was killed before it could end the job. */
  private async work(connectorId: string, job: JobContext): Promise<void> {
    const run = await this.claims.claim(connectorId, `${this.host}/${randomUUID()}`);
    if (run !== undefined) await this.executor.execute(run, job);
  }
}
