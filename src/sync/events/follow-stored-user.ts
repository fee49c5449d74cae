import type { PoolClient } from 'pg';
import type { Clock } from '../../platform/clock/clock';
import { normaliseEmail } from '../../platform/text/normalise-email';
import type { ChangeLogRepository } from '../../users/changes/change-log.repository';
import type { ZoomUser } from '../../zoom/zoom-types';
import type { LockedUser } from '../plan-types';
import type { RunScratchRepository } from '../run-scratch.repository';
import type { SyncedUserRepository } from '../synced-user.repository';
import { followFacts } from './follow-facts';
import type { HintedConnector } from './hinted-connector.repository';

/** `renamed`: CloudLink has to be asked who the user is under this email. `is_back`: removed here, but not at Zoom. */
export type FollowResult = 'followed' | 'renamed' | 'is_back' | 'stranger';

/** Lets the row of one user say what Zoom says. Inside a transaction that holds the connector and its open runs. */
export class FollowStoredUser {
  constructor(
    private readonly users: SyncedUserRepository,
    private readonly scratch: RunScratchRepository,
    private readonly changes: ChangeLogRepository,
    private readonly clock: Clock,
  ) {}

  async follow(
    connector: HintedConnector,
    zoomUserId: string,
    zoom: ZoomUser,
    transaction: PoolClient,
  ): Promise<FollowResult> {
    const { connectorId } = connector;
    const user = await this.find(connectorId, zoomUserId, normaliseEmail(zoom.email), transaction);
    if (user === undefined) return 'stranger';
    if (user.status === 'removed') {
      // Whom nobody has chosen again, no sync brings back.
      return connector.membership === 'automatic' || user.membership === 'chosen' ? 'is_back' : 'stranger';
    }
    const now = this.clock.now();
    const facts = followFacts(user, zoom, now);
    if (facts !== undefined) await this.users.updateZoomFacts(connectorId, [facts], transaction);
    const email = normaliseEmail(zoom.email);
    const isRenamed = user.email !== email && (await this.rename(connectorId, user, email, transaction));
    if (isRenamed || (facts !== undefined && facts.zoomUserId !== user.zoomUserId)) {
      await this.changes.append(connectorId, [{ userId: user.userId, kinds: ['identity'] }], now, transaction);
    }
    return user.email === email ? 'followed' : 'renamed';
  }

  /** By Zoom id; who had none yet, because the invitation was not accepted, by email. */
  private async find(
    connectorId: string,
    zoomUserId: string,
    email: string,
    transaction: PoolClient,
  ): Promise<LockedUser | undefined> {
    const [known] = await this.users.findByZoomId(connectorId, [zoomUserId], transaction);
    const invited = known === undefined ? await this.users.findByEmail(connectorId, [email], transaction) : [];
    const found = known ?? invited.find((user) => user.zoomUserId === null);
    if (found === undefined) return undefined;
    const [locked] = await this.users.lock(connectorId, [found.userId], transaction);
    return locked;
  }

  /** @returns false when the email is another row's: a sync sorts that out */
  private async rename(
    connectorId: string,
    user: LockedUser,
    email: string,
    transaction: PoolClient,
  ): Promise<boolean> {
    if (!(await this.users.changeEmail(connectorId, user.userId, email, transaction))) return false;
    await this.scratch.renameSeen(connectorId, user.email, email, transaction);
    return true;
  }
}
