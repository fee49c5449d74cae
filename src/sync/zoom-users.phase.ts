import type { Database } from '../platform/database/database';
import type { Logger } from '../platform/logging/logger';
import { type ZoomApi, ZoomPageTokenExpired } from '../zoom/zoom-api';
import type { ZoomUser, ZoomUserPage, ZoomUserStatus } from '../zoom/zoom-types';
import type { Checkpoint } from './checkpoint';
import { followNext, UNTROUBLED, type LoopGuard } from './follow-next';
import { pagesAhead } from './pages-ahead';
import type { RunContext } from './run-context';
import { RunFailure } from './run-failure';
import type { RunScratchRepository } from './run-scratch.repository';
import type { RunPhase } from './sync-run';
import type { SyncRunRepository } from './sync-run.repository';

/** Zoom's largest page for GET /users. */
const PAGE_SIZE = 2000;
const MAX_RESTARTS = 3;
const NEXT_STATUS: Record<ZoomUserStatus, ZoomUserStatus | undefined> = {
  active: 'inactive',
  inactive: 'pending',
  pending: undefined,
};

/** First phase: every user of Zoom, status by status, into the run's own table. Page size and memory are bounded. */
export class ZoomUsersPhase {
  constructor(
    private readonly database: Database,
    private readonly zoom: ZoomApi,
    private readonly runs: SyncRunRepository,
    private readonly scratch: RunScratchRepository,
    private readonly logger: Logger,
  ) {}

  async run(context: RunContext): Promise<void> {
    let next: ZoomUserStatus | undefined = context.checkpoint.zoom.status;
    while (next !== undefined) {
      const status: ZoomUserStatus = next;
      try {
        await this.listStatus(context, status);
        next = NEXT_STATUS[status];
      } catch (error) {
        if (!(error instanceof ZoomPageTokenExpired)) throw error;
        await this.beginAgain(context, status);
      }
    }
  }

  private async listStatus(context: RunContext, status: ZoomUserStatus): Promise<void> {
    let { guard } = context.checkpoint.zoom;
    const pages = pagesAhead(
      context.checkpoint.zoom.pageToken ?? undefined,
      (pageToken) => this.zoom.listUsers(context.zoom, { status, pageToken, pageSize: PAGE_SIZE }, context.signal),
      (page) => {
        if (page.nextPageToken !== undefined) guard = followNext(guard, page.nextPageToken, 'Zoom');
        return page.nextPageToken;
      },
      // Waiting for its turn may be why a list expired: the second time it is read without a pause.
      context.checkpoint.zoom.restarts > 0 ? undefined : context.slice,
    );
    for await (const page of pages) {
      context.signal.throwIfAborted();
      await this.store(context, status, page, guard);
    }
  }

  private async store(
    context: RunContext,
    status: ZoomUserStatus,
    page: ZoomUserPage,
    guard: LoopGuard,
  ): Promise<void> {
    const isLastOfStatus = page.nextPageToken === undefined;
    const next = isLastOfStatus ? NEXT_STATUS[status] : status;
    const zoom = isLastOfStatus
      ? { status: next ?? status, pageToken: null, restarts: 0, listed: 0, guard: UNTROUBLED }
      : {
          ...context.checkpoint.zoom,
          status,
          pageToken: page.nextPageToken ?? null,
          listed: context.checkpoint.zoom.listed + page.users.length,
          guard,
        };
    const phase = next === undefined ? 'cloudlink_users' : 'zoom_users';
    await this.save(context, phase, zoom, page.users, page.users.length);
  }

  private async save(
    context: RunContext,
    phase: RunPhase,
    zoom: Checkpoint['zoom'],
    users: ZoomUser[],
    zoomUsers: number,
  ): Promise<void> {
    const { key } = context;
    const checkpoint = { ...context.checkpoint, zoom };
    await this.database.transaction(async (transaction) => {
      await this.runs.lock(key, transaction);
      await this.scratch.addZoomUsers(key, users, transaction);
      await this.runs.saveProgress(key, { phase, checkpoint, counts: {}, zoomUsers }, transaction);
    });
    context.checkpoint = checkpoint;
  }

  /** Zoom's page tokens live 15 minutes; what was read of the status stays, it is written over. */
  private async beginAgain(context: RunContext, status: ZoomUserStatus): Promise<void> {
    const { listed } = context.checkpoint.zoom;
    const restarts = context.checkpoint.zoom.restarts + 1;
    if (restarts > MAX_RESTARTS) {
      throw new RunFailure(
        'provider_answer_invalid',
        'Zoom’s user list expires again and again before it is read to its end.',
      );
    }
    this.logger.warn(
      { connectorId: context.key.connectorId, runId: context.key.runId, status, restarts },
      'zoom page token expired, the list is read again',
    );
    const again = { status, pageToken: null, restarts, listed: 0, guard: UNTROUBLED };
    await this.save(context, 'zoom_users', again, [], -listed);
  }
}
