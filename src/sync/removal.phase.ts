import type { PoolClient } from 'pg';
import type { Clock } from '../platform/clock/clock';
import type { Database } from '../platform/database/database';
import type { ChangeLogRepository } from '../users/changes/change-log.repository';
import { statusAfterSync } from '../users/status-after-sync';
import { decideRemoval } from './decide-removal';
import { isServed } from './is-served';
import type { MissingCounts, MissingUserRepository, Settled } from './missing-user.repository';
import type { Membership } from './plan-types';
import type { RunContext } from './run-context';
import type { RunEndings } from './run-endings';
import type { RunScratchRepository } from './run-scratch.repository';
import type { SyncRun } from './sync-run';
import type { SyncRunRepository } from './sync-run.repository';
import type { SyncedConnectorRepository } from './synced-connector.repository';
import type { StaleUser, SyncedUserRepository } from './synced-user.repository';
import type { ZoomNewsRepository } from './zoom-news.repository';

const CHUNK = 1000;
const NOBODY: Settled = { removed: 0, demoted: 0 };

/** How patient the removal is. */
export interface RemovalPatience {
  /** So long must users be missing before they are removed; 0: until the second complete run that misses them. */
  removeMissingAfterSeconds: number;
  /** Between two runs of a connector that has no interval of its own. */
  syncIntervalSeconds: number;
}

/**
 * Last phase: only a complete run comes here. Whom it is the first to miss it marks; whom an earlier one had missed too is
 * removed, or shown to a person who decides.
 */
export class RemovalPhase {
  constructor(
    private readonly database: Database,
    private readonly runs: SyncRunRepository,
    private readonly endings: RunEndings,
    private readonly connectors: SyncedConnectorRepository,
    private readonly scratch: RunScratchRepository,
    private readonly news: ZoomNewsRepository,
    private readonly users: SyncedUserRepository,
    private readonly missing: MissingUserRepository,
    private readonly changes: ChangeLogRepository,
    private readonly clock: Clock,
    private readonly patience: RemovalPatience,
  ) {}

  /** `goesOn`: an earlier slice has come so far, so there are users who have to learn something. Returns the ended run. */
  async run(context: RunContext, goesOn: boolean): Promise<SyncRun> {
    context.signal.throwIfAborted();
    const ended = goesOn ? 'stale' : await this.finish(context);
    if (ended !== 'stale') return ended;
    await this.refreshZoomFacts(context);
    context.signal.throwIfAborted();
    return this.finish(context, { evenIfStale: true });
  }

  /** `stale`: nothing is done, as there are users who have yet to learn what Zoom says. */
  private finish(context: RunContext): Promise<SyncRun | 'stale'>;
  private finish(context: RunContext, how: { evenIfStale: true }): Promise<SyncRun>;
  private finish(context: RunContext, how?: { evenIfStale: true }): Promise<SyncRun | 'stale'> {
    const { membership } = context;
    return this.database.transaction(async (transaction) => {
      const { removalLimitPercent, syncIntervalSeconds } = await this.connectors.hold(
        context.key.connectorId,
        transaction,
      );
      const interval = syncIntervalSeconds ?? this.patience.syncIntervalSeconds;
      const run = await this.runs.lock(context.key, transaction);
      const now = this.clock.now();
      const markedBefore = new Date(now.getTime() - this.patience.removeMissingAfterSeconds * 1000);
      const users = await this.missing.count(run, membership, markedBefore, transaction);
      if (users.stale > 0 && how?.evenIfStale !== true) return 'stale';
      const decision = decideRemoval({
        cloudlinkItems: run.counts.read,
        hasZoomUsers: await this.news.hasListedAnybody(run, transaction),
        unattributed: context.checkpoint.unattributed,
        limitPercent: removalLimitPercent,
        ...users,
      });
      const { missing } = users;
      if (decision.kind === 'ask') {
        if (decision.isCredible) await this.mark(run, membership, users, now, interval, transaction);
        const error = { code: 'removal_needs_approval' as const, message: decision.message };
        return this.endings.end(run, { state: 'awaiting_approval', counts: { missing }, error }, transaction);
      }
      // Before anybody's status moves: with the status feed in hand nobody may wait for a user (decision 18).
      await this.mark(run, membership, users, now, interval, transaction);
      const settled =
        users.due === 0 ? NOBODY : await this.missing.settleDue(run, membership, markedBefore, now, transaction);
      return this.end(run, missing, settled, transaction);
    });
  }

  /**
   * Removes all whom `run` did not find, as a person has approved, and ends it. What the run has read is still there: it
   * is asked again, not remembered, so whoever has come back meanwhile stays.
   */
  async removeAll(run: SyncRun, membership: Membership, transaction: PoolClient): Promise<SyncRun> {
    const now = this.clock.now();
    await this.missing.unmark(run, membership, transaction);
    const settled = await this.missing.settleAll(run, membership, now, transaction);
    return this.end(run, run.counts.missing, settled, transaction);
  }

  /** Writes the rows of those alone who are missing for the first time, or found again: of a usual run nobody's. */
  private async mark(
    run: SyncRun,
    membership: Membership,
    users: MissingCounts,
    now: Date,
    intervalSeconds: number,
    transaction: PoolClient,
  ): Promise<void> {
    if (users.found > 0) await this.missing.unmark(run, membership, transaction);
    if (users.unmarked === 0) return;
    await this.missing.mark(run, membership, now, transaction);
    const seconds = Math.max(this.patience.removeMissingAfterSeconds, intervalSeconds);
    await this.connectors.requestFullSyncIn(run.connectorId, seconds, transaction);
  }

  private async end(run: SyncRun, missing: number, settled: Settled, transaction: PoolClient): Promise<SyncRun> {
    await this.scratch.clear(run, transaction);
    const counts = { removed: settled.removed, updated: settled.demoted, missing };
    return this.endings.end(run, { state: 'succeeded', counts }, transaction);
  }

  /**
   * Users whom no page has written (chosen and unknown to CloudLink, broken there, refused) still learn what Zoom says.
   * Needs no checkpoint: a second pass finds nothing left to do.
   */
  private async refreshZoomFacts(context: RunContext): Promise<void> {
    let last: string | undefined = '';
    while (last !== undefined) {
      context.signal.throwIfAborted();
      last = await this.refreshChunk(context, last);
      if (last !== undefined) context.slice.throwIfOver();
    }
  }

  private refreshChunk(context: RunContext, afterEmail: string): Promise<string | undefined> {
    const { key } = context;
    return this.database.transaction(async (transaction) => {
      await this.runs.lock(key, transaction);
      const stale = await this.users.lockStaleZoomFacts(key, afterEmail, CHUNK, transaction);
      if (stale.length === 0) return undefined;
      const now = this.clock.now();
      const mine = await this.withoutAnothers(context, stale, transaction);
      const fresh = mine.map(({ user, listed }) => ({
        userId: user.userId,
        zoomUserId: listed.id,
        zoomStatus: listed.status,
        displayName: user.hasZoomName || user.displayName === '' ? listed.displayName : user.displayName,
        ...statusAfterSync({
          current: user,
          credential: user.credentialState,
          zoomStatus: listed.status,
          removed: false,
          registrations: user.registrations,
          now,
        }),
      }));
      await this.users.releaseZoomIds(key.connectorId, fresh, transaction);
      await this.users.updateZoomFacts(key.connectorId, fresh, transaction);
      const renumbered = mine.filter(({ user, listed }) => user.zoomUserId !== listed.id);
      const changes = renumbered.map(({ user }) => ({ userId: user.userId, kinds: ['identity'] as const }));
      await this.changes.append(key.connectorId, changes, now, transaction);
      const progress = { phase: 'removal' as const, checkpoint: context.checkpoint, counts: { updated: fresh.length } };
      await this.runs.saveProgress(key, progress, transaction);
      return stale.at(-1)?.user.email;
    });
  }

  /** Where Zoom lists one user under two emails, whoever is stored with the id keeps it, or who comes first; of the others nothing is learnt. */
  private async withoutAnothers(
    { key, membership }: RunContext,
    stale: StaleUser[],
    transaction: PoolClient,
  ): Promise<StaleUser[]> {
    const renumbered = stale.filter(({ user, listed }) => listed.id !== null && listed.id !== user.zoomUserId);
    const ids = renumbered.flatMap(({ listed }) => listed.id ?? []);
    const found = ids.length === 0 ? [] : await this.users.findByZoomId(key.connectorId, ids, transaction);
    const holders = found.filter((user) => isServed(user, membership));
    const listed = await this.news.findZoomEmails(key, holders, () => Promise.resolve(false), transaction);
    const taken = new Set(listed.keys());
    return stale.filter((one) => {
      if (!renumbered.includes(one) || one.listed.id === null) return true;
      const isAnothers = taken.has(one.listed.id);
      taken.add(one.listed.id);
      return !isAnothers;
    });
  }
}
