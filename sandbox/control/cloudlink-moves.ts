import type { AccountNumber } from '../accounts';
import type { Override } from '../directory/roster';
import type { CloudLinkLogin, CloudLinkRole } from '../people';
import type { CloudLinkNotifications } from '../webhooks/cloudlink-notifications';
import type { World } from '../world';

/** What happens to CloudLink's users, each with the notification for those who subscribed. */
export class CloudLinkMoves {
  constructor(
    private readonly world: World,
    private readonly notifications: CloudLinkNotifications,
  ) {}

  /** `modifiedOn` becomes now. Of users who were not at CloudLink and still are not, nobody is told. */
  user(account: AccountNumber, position: number, change: Override): void {
    const roster = this.world.roster(account);
    const was = roster.isAtCloudlink(position);
    roster.override(position, { ...change, modifiedMs: this.world.clock.now() });
    const is = roster.isAtCloudlink(position);
    const isRepetition = change.atCloudlink !== undefined && was === is;
    if (isRepetition || (!was && !is)) return;
    this.notifications.userChanged(account, position, was && is ? 'PUT' : is ? 'POST' : 'DELETE');
  }

  added(account: AccountNumber, position: number): void {
    this.notifications.userChanged(account, position, 'POST');
  }

  role(key: string, role: CloudLinkRole): void {
    const before = this.login(key);
    this.world.cast.setCloudlinkRole(key, role);
    if (before.role !== role) this.notifications.loginChanged({ ...before, role }, 'PUT');
  }

  leave(key: string): void {
    const login = this.login(key);
    this.world.cast.remove('cloudlink', key);
    this.notifications.loginChanged(login, 'DELETE');
  }

  /** @throws RangeError for somebody who has left or never was there */
  private login(key: string): CloudLinkLogin {
    const login = this.world.cast.login(key);
    if (login === undefined) throw new RangeError(`the sandbox's CloudLink has no person "${key}"`);
    return login;
  }
}
