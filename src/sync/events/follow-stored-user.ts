import type { PoolClient } from 'pg';
import type { Clock } from '../../platform/clock/clock';
import { normaliseEmail } from '../../platform/text/normalise-email';
import type { ZoomUser } from '../../zoom/zoom-types';
import type { StoredUser } from '../plan-types';
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
    const facts = followFacts(user, zoom, this.clock.now());
    if (facts !== undefined) await this.users.updateZoomFacts(connectorId, [facts], transaction);
    return this.rename(connectorId, user, normaliseEmail(zoom.email), transaction);
  }

  /** By Zoom id; who had none yet, because the invitation was not accepted, by email. */
  private async find(
    connectorId: string,
    zoomUserId: string,
    email: string,
    transaction: PoolClient,
  ): Promise<StoredUser | undefined> {
    const [known] = await this.users.findByZoomId(connectorId, [zoomUserId], transaction);
    const invited = known === undefined ? await this.users.findByEmail(connectorId, [email], transaction) : [];
    const found = known ?? invited.find((user) => user.zoomUserId === null);
    if (found === undefined) return undefined;
    const [locked] = await this.users.lock(connectorId, [found.userId], transaction);
    return locked;
  }

  private async rename(
    connectorId: string,
    user: StoredUser,
    email: string,
    transaction: PoolClient,
  ): Promise<FollowResult> {
    if (user.email === email) return 'followed';
    if (await this.users.changeEmail(connectorId, user.userId, email, transaction)) {
      await this.scratch.renameSeen(connectorId, user.email, email, transaction);
    }
    return 'renamed';
  }
}
