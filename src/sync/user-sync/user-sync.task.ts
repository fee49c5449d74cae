import type { OnModuleInit } from '@nestjs/common';
import type { Clock } from '../../platform/clock/clock';
import type { Database } from '../../platform/database/database';
import { AppError } from '../../platform/errors/app-error';
import { assertNever } from '../../platform/errors/assert-never';
import type { Logger } from '../../platform/logging/logger';
import type { Queue } from '../../platform/queue/queue';
import type { JobContext, TaskRegistry } from '../../platform/queue/task-registry';
import type { FollowZoomUser } from '../events/follow-zoom-user';
import type { HintedConnectorRepository } from '../events/hinted-connector.repository';
import type { SyncRuns } from '../sync-runs';
import { judgeNewestRun } from './judge-newest-run';
import { readUserSync, SYNC_USER, USER_SYNC_PATIENCE_MS, userSyncJob, type UserSync } from './user-sync-job';
import type { UserSyncRepository } from './user-sync.repository';

/** Until the run that reads CloudLink is looked at again. */
const NEXT_LOOK_SECONDS = 1;

/**
 * Reads one user anew. Zoom is asked for this one, as after a webhook. CloudLink cannot be: it only lists, so a run reads what it
 * has changed (all of it where it does not say), and when that has ended well the user is as fresh as was asked.
 */
export class UserSyncTask implements OnModuleInit {
  constructor(
    private readonly tasks: TaskRegistry,
    private readonly database: Database,
    private readonly users: UserSyncRepository,
    private readonly connectors: HintedConnectorRepository,
    private readonly zoom: FollowZoomUser,
    private readonly runs: SyncRuns,
    private readonly queue: Queue,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.tasks.register(SYNC_USER, (payload, job) => this.handle(payload, job));
  }

  private async handle(payload: Record<string, unknown>, { signal, isLastAttempt }: JobContext): Promise<void> {
    const wish = readUserSync(payload);
    if (wish === undefined) throw new Error('this is not a payload of sync-user');
    try {
      await this.work(wish, signal);
    } catch (error) {
      // What a person has to mend first, or a provider that stays away: the next sync reads everybody.
      const isOver = error instanceof AppError && (isLastAttempt || !error.retryable);
      if (!isOver) throw error;
      this.logger.warn({ connectorId: wish.connectorId, code: error.code }, 'a user could not be read anew');
    }
  }

  private async work(wish: UserSync, signal: AbortSignal): Promise<void> {
    const { connectorId, userId, requestedAt } = wish;
    if (!wish.isZoomRead) await this.readZoom(wish, signal);
    const now = await this.users.now(this.database);
    const verdict = judgeNewestRun(await this.users.newestRun(connectorId, requestedAt, this.database));
    switch (verdict) {
      case 'done':
        return this.users.setSynced(connectorId, userId, this.clock.now(), requestedAt, this.database);
      case 'give_up':
        this.logger.info({ connectorId, userId }, 'a user was not read anew: the sync did not end well');
        return;
      case 'ask':
        await this.runs.enqueue(connectorId, 'manual', undefined, 'delta');
        break;
      case 'wait':
        break;
      default:
        assertNever(verdict);
    }
    if (now.getTime() - requestedAt.getTime() > USER_SYNC_PATIENCE_MS) return;
    const next = { ...wish, isZoomRead: true };
    await this.queue.add(SYNC_USER, next, { ...userSyncJob(next), runAfterSeconds: NEXT_LOOK_SECONDS });
  }

  /** Somebody who has not accepted the invitation yet has no Zoom id: Zoom knows them by email, too. */
  private async readZoom({ connectorId, userId }: UserSync, signal: AbortSignal): Promise<void> {
    const [connector, user] = await Promise.all([
      this.connectors.find(connectorId, this.database),
      this.users.findById(connectorId, userId, this.database),
    ]);
    if (connector === undefined || user === undefined) return;
    await this.zoom.follow(connector, user.zoomUserId ?? user.email, ['user.updated'], signal);
  }
}
