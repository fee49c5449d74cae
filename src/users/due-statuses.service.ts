import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database';
import { LOGGER, type Logger } from '../platform/logging/logger';
import { deriveStatus } from './derive-status';
import { followTime } from './follow-time';
import { StoredStatusRepository } from './stored-status.repository';
import { IllegalTransitionError } from './transition';
import { factsOf, type StatusRecord } from './user-record';
import type { StoredStatus } from './user-status';

/** Small enough that a device never waits long for the lock on its user. */
const BATCH_SIZE = 500;

/** Writes down what time has changed, so that lists and counts by status agree with what each user shows. */
@Injectable()
export class DueStatuses {
  constructor(
    private readonly database: Database,
    private readonly statuses: StoredStatusRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Of one connector, or of all. Returns how many statuses were due; stops between two batches when told so. */
  async settle(now: Date, options: { connectorId?: string; signal?: AbortSignal } = {}): Promise<number> {
    let total = 0;
    let batch = BATCH_SIZE;
    while (batch === BATCH_SIZE && options.signal?.aborted !== true) {
      batch = await this.settleBatch(now, options.connectorId);
      total += batch;
    }
    return total;
  }

  private settleBatch(now: Date, connectorId: string | undefined): Promise<number> {
    return this.database.transaction(async (transaction) => {
      const due = await this.statuses.lockDue(connectorId, now, BATCH_SIZE, transaction);
      await this.statuses.save(
        due.map((user) => ({ connectorId: user.connectorId, userId: user.userId, ...this.settled(user, now) })),
        transaction,
      );
      return due.length;
    });
  }

  /** One row that somebody broke by hand must not stop the expiry of all others: it is reported and derived anew. */
  private settled(user: StatusRecord, now: Date): StoredStatus {
    try {
      return followTime(user, factsOf(user), now);
    } catch (error) {
      if (!(error instanceof IllegalTransitionError)) throw error;
      this.logger.error(
        { connectorId: user.connectorId, userId: user.userId, reason: error.message },
        'stored status is impossible',
      );
      const { status, nextChangeAt } = deriveStatus(factsOf(user), now);
      return { status, statusSince: now, statusExpiresAt: nextChangeAt };
    }
  }
}
