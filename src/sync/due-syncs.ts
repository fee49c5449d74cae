import type { Database } from '../platform/database/database';
import type { Logger } from '../platform/logging/logger';
import { addSyncJob } from './sync-jobs';
import type { SyncRunRepository } from './sync-run.repository';
import type { SyncIntervals, SyncedConnectorRepository } from './synced-connector.repository';

/** Bounds how long a look holds the rows of connectors. */
const BATCH = 50;

/**
 * Enqueues the runs that are due. When a connector is due stands in its row, so any number of processes may look: one
 * of them finds it, and a program that was down has nothing to catch up but what is due now.
 */
export class DueSyncs {
  constructor(
    private readonly database: Database,
    private readonly connectors: SyncedConnectorRepository,
    private readonly runs: SyncRunRepository,
    private readonly intervals: SyncIntervals,
    private readonly logger: Logger,
  ) {}

  /** @returns the connectors */
  async enqueueAll(): Promise<string[]> {
    const found: string[] = [];
    for (;;) {
      const batch = await this.enqueue({ limit: BATCH });
      found.push(...batch);
      if (batch.length < BATCH) break;
    }
    if (found.length > 0) this.logger.debug({ connectors: found.length }, 'sync runs enqueued by schedule');
    return found;
  }

  /** Does nothing when it is not due. */
  async enqueueOne(connectorId: string): Promise<void> {
    await this.enqueue({ limit: 1, connectorId });
  }

  private enqueue(which: { limit: number; connectorId?: string }): Promise<string[]> {
    return this.database.transaction(async (transaction) => {
      const due = await this.connectors.takeDue(which, this.intervals, transaction);
      for (const { connectorId, isFirst, mode } of due) {
        const { isNew } = await this.runs.enqueue(connectorId, isFirst ? 'connect' : 'schedule', transaction, mode);
        if (isNew) await addSyncJob(connectorId, transaction);
      }
      return due.map(({ connectorId }) => connectorId);
    });
  }
}
