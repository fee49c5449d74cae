import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../database/database';
import { AppError } from '../errors/app-error';
import type { JobOptions, Queue } from '../queue/queue';
import type { WebhookDeliveries } from './webhook-deliveries';
import type { NewDelivery } from './webhook-delivery';

/** Zoom counts an answer that takes 3 s as none. */
const TIME_LIMIT_MS = 2_500;
/** Ends the statement on the server as well, a little earlier: the connection is needed for the next delivery. */
const STATEMENT_LIMIT_MS = 2_000;
/** Zoom comes again after 5 minutes whatever we say; others may listen. */
const RETRY_AFTER_SECONDS = 30;

export interface DeliveryJob {
  task: string;
  payload: object;
  options: JobOptions;
}

/**
 * Takes in what providers tell: the delivery and the job it asks for in one transaction, before the provider hears
 * that we have it. What cannot be stored is answered with 503, because providers send again after that and never
 * after a 4xx.
 */
export class DeliveryInbox {
  constructor(
    private readonly database: Database,
    private readonly deliveries: WebhookDeliveries,
    private readonly queue: Queue,
  ) {}

  /** @returns false when it was here before: then nothing happens. @throws AppError `unavailable` */
  async take(delivery: NewDelivery, job: DeliveryJob): Promise<boolean> {
    try {
      return await withinTime(this.store(delivery, job));
    } catch (cause) {
      throw cannotTakeIn(cause);
    }
  }

  private store(delivery: NewDelivery, job: DeliveryJob): Promise<boolean> {
    return this.database.transaction(async (transaction) => {
      await transaction.query(`set local statement_timeout = ${STATEMENT_LIMIT_MS}`);
      if (!(await this.deliveries.add(delivery, transaction))) return false;
      await this.queue.add(job.task, job.payload, job.options, transaction);
      return true;
    });
  }
}

export const cannotTakeIn = (cause: unknown): AppError =>
  new AppError('unavailable', 'This cannot be stored at the moment: send it again later.', {
    retryable: true,
    retryAfterSeconds: RETRY_AFTER_SECONDS,
    cause,
  });

/** What comes too late may still be stored: then the provider's next attempt finds that it was here before. */
export async function withinTime<T>(work: Promise<T>): Promise<T> {
  const done = new AbortController();
  const timeout = sleep(TIME_LIMIT_MS, undefined, { signal: done.signal }).then(() => {
    throw new Error(`the database did not answer within ${TIME_LIMIT_MS} ms`);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    done.abort();
    // The loser of the race must not count as unhandled.
    timeout.catch(() => undefined);
    work.catch(() => undefined);
  }
}
