import type { PoolClient } from 'pg';
import type { Clock } from '../../platform/clock/clock';
import type { Database } from '../../platform/database/database';
import { assertNever } from '../../platform/errors/assert-never';
import { normaliseEmail } from '../../platform/text/normalise-email';
import type { DeliveryOutcome } from '../../platform/webhooks/webhook-delivery';
import type { ZoomUserEventName } from '../../zoom/webhooks/zoom-event';
import type { ZoomApi } from '../../zoom/zoom-api';
import type { ZoomUser } from '../../zoom/zoom-types';
import type { ActiveGrants } from '../active-grants';
import type { MissingUserRepository } from '../missing-user.repository';
import type { SyncRun } from '../sync-run';
import type { SyncRunRepository } from '../sync-run.repository';
import type { SyncedConnectorRepository } from '../synced-connector.repository';
import type { ZoomNewsRepository } from '../zoom-news.repository';
import type { FollowStoredUser } from './follow-stored-user';
import type { HintedConnector, HintedConnectorRepository } from './hinted-connector.repository';

/** Events after which somebody may be new to us. Other news of strangers would keep a large account syncing for ever. */
const ARRIVALS: ReadonlySet<ZoomUserEventName> = new Set<ZoomUserEventName>([
  'user.created',
  'user.invitation_accepted',
  'user.activated',
]);

/** The repositories of a sync, which this shares. */
export interface FollowParts {
  connectors: HintedConnectorRepository;
  schedule: SyncedConnectorRepository;
  runs: SyncRunRepository;
  news: ZoomNewsRepository;
  missing: MissingUserRepository;
  stored: FollowStoredUser;
}

/**
 * Follows one Zoom user. The event only says whom to look at: what counts is what Zoom answers now, so events may come
 * late, twice or in any order. Whatever is not Zoom's plain word that this user does not exist removes nobody.
 */
export class FollowZoomUser {
  constructor(
    private readonly database: Database,
    private readonly grants: Pick<ActiveGrants, 'active'>,
    private readonly zoom: ZoomApi,
    private readonly parts: FollowParts,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `reauthorization_required`, and whatever keeps Zoom from answering: then nothing was changed */
  async follow(
    connector: HintedConnector,
    zoomUserId: string,
    events: readonly ZoomUserEventName[],
    signal: AbortSignal,
  ): Promise<DeliveryOutcome> {
    const outcome = whatToDo(connector);
    if (outcome !== undefined) return outcome;
    const { tokens } = await this.grants.active(connector.connectorId, 'zoom');
    const user = await this.zoom.getUser(tokens, zoomUserId, signal);
    return this.database.transaction(async (transaction) => {
      // In the order in which everybody locks: connector, runs, users.
      const now = await this.parts.connectors.lock(connector.connectorId, transaction);
      const instead = whatToDo(now);
      if (now === undefined || instead !== undefined) return instead ?? 'ignored';
      const open = await this.parts.runs.lockOpen(now.connectorId, transaction);
      if (user === undefined) return this.remove(now, zoomUserId, open, transaction);
      return this.apply(now, zoomUserId, user, events, open, transaction);
    });
  }

  private async remove(
    { connectorId }: HintedConnector,
    zoomUserId: string,
    open: SyncRun[],
    transaction: PoolClient,
  ): Promise<DeliveryOutcome> {
    const { missing, news } = this.parts;
    if (open.length > 0) await news.replace(connectorId, zoomUserId, undefined, transaction);
    const isRemoved = await missing.removeZoomUser(connectorId, zoomUserId, this.clock.now(), transaction);
    await this.afterUnfinishedList(connectorId, open, transaction);
    if (!isRemoved) await this.afterSingleQuestion(connectorId, open, transaction);
    return isRemoved ? 'removed' : 'unknown_user';
  }

  private async apply(
    connector: HintedConnector,
    zoomUserId: string,
    user: ZoomUser,
    events: readonly ZoomUserEventName[],
    open: SyncRun[],
    transaction: PoolClient,
  ): Promise<DeliveryOutcome> {
    const { connectorId } = connector;
    const email = normaliseEmail(user.email);
    const { news, stored, schedule } = this.parts;
    if (open.length > 0) {
      const listed = { email, id: user.id ?? null, status: user.status, displayName: user.displayName };
      await news.replace(connectorId, zoomUserId, listed, transaction);
    }
    await this.afterUnfinishedList(connectorId, open, transaction);
    const result = await stored.follow(connector, zoomUserId, user, transaction);
    if (result === 'stranger') await this.afterSingleQuestion(connectorId, open, transaction);
    const needsSync =
      result === 'renamed' || result === 'is_back' || (result === 'stranger' && mayBeNew(connector, events));
    // A full one: at CloudLink nothing about this user needs to have changed.
    if (needsSync) await schedule.requestFullSync(connectorId, transaction);
    if (result === 'followed' || result === 'renamed') return 'applied';
    return needsSync ? 'sync_requested' : 'unknown_user';
  }

  /**
   * A run that still lists Zoom's users may have a page in hand that was read before our answer, and will store it after
   * us. Another run has to look again then.
   */
  private async afterUnfinishedList(connectorId: string, open: SyncRun[], transaction: PoolClient): Promise<void> {
    if (open.some((run) => run.state === 'running' && run.phase === 'zoom_users')) {
      await this.parts.schedule.requestFullSync(connectorId, transaction);
    }
  }

  /** A running delta may have asked about this user, who is new to us, just before, and stores what it heard after us. */
  private async afterSingleQuestion(connectorId: string, open: SyncRun[], transaction: PoolClient): Promise<void> {
    if (open.some((run) => run.state === 'running' && run.mode === 'delta')) {
      await this.parts.schedule.requestFullSync(connectorId, transaction);
    }
  }
}

/** Where users are chosen by hand, nobody becomes a user of ours by arriving at Zoom. */
const mayBeNew = (connector: HintedConnector, events: readonly ZoomUserEventName[]): boolean =>
  connector.membership === 'automatic' && events.some((event) => ARRIVALS.has(event));

/** undefined: follow. A connector that cannot ask Zoom reads everybody anew as soon as it can. */
function whatToDo(connector: HintedConnector | undefined): DeliveryOutcome | undefined {
  if (connector === undefined) return 'ignored';
  switch (connector.state) {
    case 'active':
      return undefined;
    case 'reauthorization_required':
      return 'waits_for_sync';
    case 'pending':
    case 'disconnected':
      return 'ignored';
    default:
      return assertNever(connector.state);
  }
}
