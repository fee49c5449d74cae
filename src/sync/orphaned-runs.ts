import type { Database } from '../platform/database/database';
import type { Logger } from '../platform/logging/logger';
import type { RunClaimRepository } from './run-claim.repository';
import { addSyncJob } from './sync-jobs';

const BATCH = 100;

/** A run is never forgotten, whatever became of its job. */
export class OrphanedRuns {
  constructor(
    private readonly database: Database,
    private readonly claims: RunClaimRepository,
    private readonly logger: Logger,
  ) {}

  /** @returns how many runs had no job; more than a hundred come with the next look */
  async adopt(): Promise<number> {
    const orphans = await this.database.transaction(async (transaction) => {
      const connectors = await this.claims.findOrphans(BATCH, transaction);
      for (const connectorId of connectors) await addSyncJob(connectorId, transaction);
      return connectors.length;
    });
    if (orphans > 0) this.logger.warn({ runs: orphans }, 'sync runs without a job have got one');
    return orphans;
  }
}
