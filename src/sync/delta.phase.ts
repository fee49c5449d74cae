import type { CloudLinkApi } from '../cloudlink/cloudlink-api';
import type { Database } from '../platform/database/database';
import type { Logger } from '../platform/logging/logger';
import { readCheckpoint } from './checkpoint';
import type { CloudLinkUsersPhase } from './cloudlink-users.phase';
import { DeltaNotPossible, obstacle } from './delta-not-possible';
import { DeltaPages } from './delta-pages';
import type { DeltaRepository } from './delta.repository';
import type { DeltaZoomUsers } from './delta-zoom-users';
import { ASK_ALL } from './page-questions';
import type { RunContext } from './run-context';
import type { RunEndings } from './run-endings';
import type { RunScratchRepository } from './run-scratch.repository';
import type { RunPhase, SyncRun } from './sync-run';
import type { SyncRunRepository } from './sync-run.repository';
import type { SyncedConnectorRepository } from './synced-connector.repository';

/**
 * The whole of a delta run: the users whom CloudLink has changed, as the full run's second phase would store them, and
 * the end. Whom it does not see is not missing, so nobody is removed here: that is left to the full run.
 */
export class DeltaPhase {
  constructor(
    private readonly database: Database,
    private readonly cloudlink: CloudLinkApi,
    private readonly runs: SyncRunRepository,
    private readonly endings: RunEndings,
    private readonly connectors: SyncedConnectorRepository,
    private readonly scratch: RunScratchRepository,
    private readonly deltas: DeltaRepository,
    private readonly zoomUsers: DeltaZoomUsers,
    private readonly usersPhase: (cloudlink: CloudLinkApi) => CloudLinkUsersPhase,
    private readonly logger: Logger,
  ) {}

  /** The ended run; undefined when it is a full one from now on and has to begin at its beginning. */
  async run(context: RunContext, from: RunPhase): Promise<SyncRun | undefined> {
    try {
      // After its last page a run stands before the removal, which a delta has not.
      if (from !== 'removal') await this.readChanges(context);
      context.signal.throwIfAborted();
      return await this.end(context);
    } catch (error) {
      if (!(error instanceof DeltaNotPossible)) throw error;
      await this.becomeFull(context, error);
      return undefined;
    }
  }

  /**
   * Before a full run looks who is missing: it has read CloudLink whole, without the filter. So a refusal was one of the
   * filter, and it is known whether all users say when they were changed.
   */
  async judge({ key, checkpoint }: RunContext): Promise<void> {
    const { connectorId } = key;
    const refusal = checkpoint.deltaRefusal ?? (checkpoint.undated > 0 ? 'no_modified_on' : undefined);
    if (refusal !== undefined) {
      const isNews = await this.deltas.refuse(connectorId, refusal, this.database);
      if (isNews) this.logger.info({ connectorId, refusal }, 'CloudLink is read whole from now on');
    } else if (await this.deltas.allDated(connectorId, this.database)) {
      this.logger.info({ connectorId }, 'CloudLink can be asked for changes again');
    }
  }

  private async readChanges(context: RunContext): Promise<void> {
    const { deltaFrom } = context;
    if (deltaFrom === null) throw obstacle('no_watermark', 'the connector does not say from when on');
    const pages = new DeltaPages(this.cloudlink, this.zoomUsers, context, deltaFrom);
    // Whom Zoom lists is staged page by page: what a look at the beginning would say is not known then.
    context.checkpoint = { ...context.checkpoint, ...ASK_ALL };
    await this.usersPhase(pages).run(context);
  }

  private end({ key }: RunContext): Promise<SyncRun> {
    return this.database.transaction(async (transaction) => {
      await this.connectors.hold(key.connectorId, transaction);
      const run = await this.runs.lock(key, transaction);
      await this.scratch.clear(run, transaction);
      return this.endings.end(run, { state: 'succeeded' }, transaction);
    });
  }

  private async becomeFull(context: RunContext, { reason, refusal, detail }: DeltaNotPossible): Promise<void> {
    const { key } = context;
    const checkpoint = readCheckpoint(refusal === undefined ? {} : { deltaRefusal: refusal });
    await this.database.transaction(async (transaction) => {
      await this.runs.lock(key, transaction);
      await this.deltas.forget(key, transaction);
      await this.runs.becomeFull(key, checkpoint, transaction);
    });
    context.checkpoint = checkpoint;
    const { connectorId, runId } = key;
    this.logger.info({ connectorId, runId, reason, detail }, 'the delta run goes on as a full one');
  }
}
