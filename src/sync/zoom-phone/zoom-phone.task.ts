import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { OnModuleInit } from '@nestjs/common';
import type { Database } from '../../platform/database/database';
import { reasonOf } from '../../platform/errors/reason-of';
import type { Logger } from '../../platform/logging/logger';
import { JobTakenOver } from '../../platform/queue/job-taken-over';
import type { JobContext, TaskRegistry } from '../../platform/queue/task-registry';
import type { ActiveGrants } from '../active-grants';
import { MAX_ATTEMPTS, nextAttempt } from '../next-attempt';
import { RunFailure } from '../run-failure';
import { SliceOver } from '../slice';
import type { SyncIntervals } from '../synced-connector.repository';
import { addZoomPhoneJob, ENQUEUE_ZOOM_PHONE, READ_ZOOM_PHONE, readOnLater } from './zoom-phone-jobs';
import { ListingLost, type HeldListing, type ZoomPhoneAnswer } from './zoom-phone-listing';
import type { ZoomPhoneListingRepository } from './zoom-phone-listing.repository';
import type { ZoomPhoneReader } from './zoom-phone-reader';
import type { ZoomPhoneUserRepository } from './zoom-phone-user.repository';

/** Bounds how long a look holds rows; more come a minute later. */
const BATCH = 200;

/**
 * Finds out who has Zoom Phone besides, beside the syncs and without any say in them: whatever goes wrong here no sync
 * fails, no grant ends, and what was known stays. What happens on a throw, at the end of a slice, on SIGTERM and SIGKILL is
 * as with sync runs (SyncTask).
 */
export class ZoomPhoneTask implements OnModuleInit {
  private readonly host = `${hostname()}/${process.pid}`;

  constructor(
    private readonly tasks: TaskRegistry,
    private readonly database: Database,
    private readonly grants: Pick<ActiveGrants, 'active'>,
    private readonly listings: ZoomPhoneListingRepository,
    private readonly users: ZoomPhoneUserRepository,
    private readonly reader: ZoomPhoneReader,
    private readonly intervals: SyncIntervals,
    private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.tasks.register(READ_ZOOM_PHONE, ({ connectorId }, job) => this.work(String(connectorId), job), 'long');
    this.tasks.registerEveryMinute(ENQUEUE_ZOOM_PHONE, async () => {
      await this.enqueueDue();
    });
  }

  /** @returns the connectors that have got a job */
  async enqueueDue(): Promise<string[]> {
    return this.database.transaction(async (transaction) => {
      await this.listings.begin(transaction);
      const due = await this.listings.findDue(BATCH, transaction);
      for (const connectorId of due) await addZoomPhoneJob(connectorId, transaction);
      return due;
    });
  }

  /** One slice. */
  async work(connectorId: string, job: Pick<JobContext, 'jobId' | 'signal'>): Promise<void> {
    const held = await this.listings.claim(connectorId, `${this.host}/${randomUUID()}`);
    if (held === undefined) return;
    try {
      if (held.attempts > MAX_ATTEMPTS) {
        throw new RunFailure('interrupted', 'The listing was interrupted again and again at the same page.');
      }
      const { tokens } = await this.grants.active(connectorId, 'zoom');
      const { answer, changed } = await this.reader.run(held, tokens, job.signal);
      await this.end(held, answer, changed);
    } catch (error) {
      await this.settle(held, error, job).catch((settleError: unknown) => {
        if (!(settleError instanceof ListingLost)) throw settleError;
        this.logger.info({ connectorId }, 'zoom phone listing is not ours any more');
        throw new JobTakenOver(settleError);
      });
    }
  }

  private async end(held: HeldListing, answer: ZoomPhoneAnswer, changed: number): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await this.listings.lock(held, transaction);
      await this.users.clearPages(held.connectorId, transaction);
      await this.listings.end(held, answer, this.intervals.fullSyncIntervalSeconds, transaction);
    });
    const facts = { connectorId: held.connectorId, answer, changed };
    if (answer === held.lastAnswer) return this.logger.debug(facts, 'zoom phone read');
    if (answer !== 'scope_missing') return this.logger.info(facts, 'zoom phone read');
    this.logger.warn(
      facts,
      'zoom phone cannot be read: the app lacks the optional scope phone:read:list_users:admin, so nobody knows who has Zoom Phone',
    );
  }

  private async settle(
    held: HeldListing,
    error: unknown,
    { jobId, signal }: Pick<JobContext, 'jobId' | 'signal'>,
  ): Promise<void> {
    if (error instanceof ListingLost) throw error;
    const { connectorId } = held;
    if (error instanceof SliceOver || signal.aborted) {
      return this.letGo(held, { jobId, connectorId, seconds: 0 }, { failed: false });
    }
    const next = nextAttempt(error, held.attempts + 1);
    const facts = { connectorId, code: next.code, reason: reasonOf(error) };
    if (next.kind === 'wait') {
      await this.letGo(held, { jobId, connectorId, seconds: next.seconds }, { failed: true });
      return this.logger.warn({ ...facts, seconds: next.seconds }, 'zoom phone listing waits for its next attempt');
    }
    await this.database.transaction(async (transaction) => {
      await this.listings.lock(held, transaction);
      await this.users.clearPages(connectorId, transaction);
      // Nothing is lost but time, so not as rarely as the list itself is read.
      await this.listings.fail(held, next.code, this.intervals.syncIntervalSeconds, transaction);
    });
    if (next.code === 'internal_error') this.logger.error({ ...facts, err: error }, 'zoom phone could not be read');
    else if (next.code !== held.lastFailure) this.logger.warn(facts, 'zoom phone could not be read');
    else this.logger.debug(facts, 'zoom phone could not be read');
  }

  private async letGo(
    held: HeldListing,
    job: { jobId: string; connectorId: string; seconds: number },
    how: { failed: boolean },
  ): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await this.listings.lock(held, transaction);
      await this.listings.letGo(held, how, transaction);
      await readOnLater(job, transaction);
    });
  }
}
