import type { AuditLog } from '../platform/audit/audit-log';
import type { Queryable } from '../platform/database/database';
import { addDueJob } from './sync-jobs';
import type { SyncRun } from './sync-run';
import type { Ending, SyncRunRepository } from './sync-run.repository';
import type { SyncedConnectorRepository } from './synced-connector.repository';

/** All connectors are looked at every minute. */
const NEXT_LOOK_SECONDS = 60;

/** Ends runs: the row, how fresh the connector is, and the record of it change together or not at all. */
export class RunEndings {
  constructor(
    private readonly runs: SyncRunRepository,
    private readonly connectors: SyncedConnectorRepository,
    private readonly audit: AuditLog,
  ) {}

  /** @throws IllegalRunTransition, LeaseLost */
  async end(run: SyncRun, ending: Ending, transaction: Queryable): Promise<SyncRun> {
    const ended = await this.runs.end(run, ending, transaction);
    // Somebody has asked for another one meanwhile.
    const due = await this.connectors.secondsUntilDue(run.connectorId, NEXT_LOOK_SECONDS, transaction);
    if (due !== undefined) await addDueJob(run.connectorId, due, transaction);
    if (!isWorthARecord(ended)) return ended;
    const { created, updated, removed, problems, missing } = ended.counts;
    await this.audit.record(
      {
        connectorId: ended.connectorId,
        actorKind: 'system',
        actorId: 'sync',
        action: 'sync.ended',
        subject: ended.runId,
        details: {
          state: ended.state,
          trigger: ended.trigger,
          error: ended.error?.code ?? null,
          ...{ created, updated, removed, problems, missing },
        },
      },
      transaction,
    );
    return ended;
  }
}

/**
 * A scheduled run that found everything as it was has done nothing: its row in sync_runs is enough. At 96 runs a day
 * such events would soon be most of an audit that nobody may shorten.
 */
export const isWorthARecord = ({ state, trigger, counts }: Pick<SyncRun, 'state' | 'trigger' | 'counts'>): boolean =>
  trigger !== 'schedule' || state !== 'succeeded' || counts.created + counts.updated + counts.removed > 0;
