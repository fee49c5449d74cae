import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '../platform/errors/app-error';
import { LOGGER, type Logger } from '../platform/logging/logger';
import type { FreshReport } from './next-registration';
import type { Platform } from './registration-report';
import { ReportWriter } from './report-writer';
import { nameKey } from './stored-status.repository';
import type { UserKey } from '../access/user-key';

/** One transaction takes so many; more wait for the next. */
const BATCH_SIZE = 256;
/** At most this long does a report wait for company. */
const LONGEST_WAIT_MS = 10;
/** Batches at once: one is prepared and sent while another is made durable. */
const IN_FLIGHT = 2;
/** So many may wait: about a second of work. Beyond, a caller is told to come again. */
const MAX_WAITING = 8_000;

export interface NamedReport {
  connectorId: string;
  user: UserKey;
  report: FreshReport;
  /** Of an app: it may not write over a device of another platform. */
  only: Platform | undefined;
}

export interface WaitingReport extends NamedReport {
  /** Of connector and user, made once. */
  key: string;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Reports that come in together are written in one transaction: what costs is the commit and its round trips, not the row.
 * Nobody is answered before the commit. An idle server writes at once; a busy one fills a batch while the one before is on
 * its way. Reports that name a user alike stay in their order; between an email and a Zoom id the device's sequence decides.
 */
@Injectable()
export class ReportBatcher {
  private waiting: WaitingReport[] = [];
  private running = 0;
  private readonly onTheWay = new Set<string>();
  /** Takes back the flush that is set. Each kind of timer has its own: what one clears corrupts the queue of the other. */
  private cancel: (() => void) | undefined;

  constructor(
    private readonly writer: ReportWriter,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Resolves when the report is stored. @throws AppError `not_found`, `user_pending`, `insufficient_scope`, `unavailable` when too many wait */
  write(report: NamedReport): Promise<void> {
    if (this.waiting.length >= MAX_WAITING) {
      this.logger.warn({ waiting: this.waiting.length }, 'a registration report was turned away: too many wait');
      throw new AppError('unavailable', 'Too many registration reports come in at this moment. Send it again.', {
        retryable: true,
        retryAfterSeconds: 1 + Math.floor(Math.random() * 5),
      });
    }
    return new Promise((resolve, reject) => {
      const { connectorId, user, only } = report;
      const key = nameKey(connectorId, user.value);
      this.waiting.push({ connectorId, user, report: report.report, only, key, resolve, reject });
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.waiting.length >= BATCH_SIZE && this.running < IN_FLIGHT) this.flush();
    else if (this.cancel === undefined && this.running < IN_FLIGHT) this.setTimer();
  }

  private setTimer(): void {
    // What arrives in this turn of the event loop goes together; while a batch is on its way, what comes meanwhile.
    if (this.running === 0) {
      const timer = setImmediate(() => this.flush());
      this.cancel = () => clearImmediate(timer);
    } else {
      const timer = setTimeout(() => this.flush(), LONGEST_WAIT_MS);
      this.cancel = () => clearTimeout(timer);
    }
  }

  private flush(): void {
    this.stopTimer();
    if (this.waiting.length === 0) return;
    const batch = this.take();
    if (batch.length === 0) return;
    this.running += 1;
    void this.writer.write(batch).finally(() => {
      this.running -= 1;
      for (const waiting of batch) this.onTheWay.delete(waiting.key);
      // A batch that has ended makes room: nobody waits for a timer then.
      if (this.waiting.length > 0) this.flush();
    });
    if (this.waiting.length > 0) this.schedule();
  }

  /** The oldest that may go: whose user is on the way in another batch waits for its end, so that it cannot be overtaken. */
  private take(): WaitingReport[] {
    const batch: WaitingReport[] = [];
    const left: WaitingReport[] = [];
    for (const waiting of this.waiting)
      (batch.length < BATCH_SIZE && !this.onTheWay.has(waiting.key) ? batch : left).push(waiting);
    for (const waiting of batch) this.onTheWay.add(waiting.key);
    this.waiting = left;
    return batch;
  }

  private stopTimer(): void {
    this.cancel?.();
    this.cancel = undefined;
  }
}
