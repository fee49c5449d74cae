import type { Database } from '../platform/database/database';
import type { Logger } from '../platform/logging/logger';
import { type ZoomApi, ZoomPageTokenExpired } from '../zoom/zoom-api';
import type { ZoomUser, ZoomUserPage, ZoomUserStatus } from '../zoom/zoom-types';
import type { Checkpoint } from './checkpoint';
import { followNext, UNTROUBLED, type LoopGuard } from './follow-next';
import { pagesAhead, preparedAhead } from './pages-ahead';
import type { RunContext } from './run-context';
import { RunFailure } from './run-failure';
import type { RunPhase } from './sync-run';
import type { SyncRunRepository } from './sync-run.repository';
import { chooseByEmail, zoomNewsRows, type ZoomNewsRows } from './zoom-news-rows';
import type { ZoomNewsRepository } from './zoom-news.repository';

/** Zoom's largest page for GET /users. */
const PAGE_SIZE = 2000;
const MAX_RESTARTS = 3;
const NEXT_STATUS: Record<ZoomUserStatus, ZoomUserStatus | undefined> = {
  active: 'inactive',
  inactive: 'pending',
  pending: undefined,
};

/** A page on its way into the database, and where the list goes on after it. */
interface ReadyPage {
  page: ZoomUserPage;
  guard: LoopGuard;
  users: ListedUsers;
}

/** `news`: of users who are taken for news unseen. */
interface ListedUsers {
  byEmail: ReadonlyMap<string, ZoomUser>;
  news: ZoomNewsRows | undefined;
}

/**
 * First phase: every user of Zoom, status by status. What the rows of our users do not say is the run's news, found out when the
 * list is whole. Of those beyond twice as many users as we have, most must be strangers: they are news at once, as all of a first
 * sync are. Page size and memory are bounded: of three pages on their way one is fetched, one made ready, one stored.
 */
export class ZoomUsersPhase {
  constructor(
    private readonly database: Database,
    private readonly zoom: ZoomApi,
    private readonly runs: SyncRunRepository,
    private readonly news: ZoomNewsRepository,
    private readonly logger: Logger,
  ) {}

  async run(context: RunContext): Promise<void> {
    if (context.checkpoint.zoomUsersToCompare === null) {
      const zoomUsersToCompare = 2 * (await this.news.countAtZoom(context.key.connectorId, this.database));
      context.checkpoint = { ...context.checkpoint, zoomUsersToCompare };
    }
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

  /** A run that came past the list without it: a worker of an earlier version had it in hand. */
  async compareLate(context: RunContext): Promise<void> {
    if (context.checkpoint.isZoomCompared) return;
    await this.save(context, 'cloudlink_users', context.checkpoint.zoom, undefined, 0);
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
    const ready = preparedAhead(pages, async (page) => ({
      page,
      // As it is now: the next page may be on its way before this one is stored.
      guard,
      users: await this.makeReady(context, page),
    }));
    for await (const { page, guard, users } of ready) {
      context.signal.throwIfAborted();
      await this.store(context, status, { page, guard, users });
    }
  }

  private async makeReady({ key, checkpoint }: RunContext, { users }: ZoomUserPage): Promise<ListedUsers> {
    const byEmail = await chooseByEmail(users);
    const isToCompare = (checkpoint.zoomUsersToCompare ?? 0) > 0;
    return { byEmail, news: isToCompare ? undefined : await zoomNewsRows(key, byEmail) };
  }

  private async store(context: RunContext, status: ZoomUserStatus, { page, guard, users }: ReadyPage): Promise<void> {
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
    await this.save(context, phase, zoom, users, page.users.length);
  }

  private async save(
    context: RunContext,
    phase: RunPhase,
    zoom: Checkpoint['zoom'],
    users: ListedUsers | undefined,
    zoomUsers: number,
  ): Promise<void> {
    const { key } = context;
    const zoomUsersToCompare = (context.checkpoint.zoomUsersToCompare ?? 0) - (users?.byEmail.size ?? 0);
    const isZoomCompared = phase === 'cloudlink_users';
    const checkpoint = { ...context.checkpoint, zoom, zoomUsersToCompare, isZoomCompared };
    await this.database.transaction(async (transaction) => {
      await this.runs.lock(key, transaction);
      if (users?.news !== undefined) await this.news.add(key, users.news, transaction);
      else if (users !== undefined) await this.news.addPage(key, users.byEmail, transaction);
      if (isZoomCompared) await this.news.compare(key, { hasUnseen: zoomUsersToCompare <= 0 }, transaction);
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
    await this.save(context, 'zoom_users', again, undefined, -listed);
  }
}
