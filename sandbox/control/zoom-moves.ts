import type { AccountNumber } from '../accounts';
import type { ZoomPresence } from '../directory/person';
import type { ZoomPerson, ZoomRole } from '../people';
import type { ZoomEvents } from '../webhooks/zoom-events';
import type { World } from '../world';

/** What happens to Zoom's users, each with the event that Zoom would send. What changes nothing sends nothing. */
export class ZoomMoves {
  constructor(
    private readonly world: World,
    private readonly events: ZoomEvents,
  ) {}

  presence(account: AccountNumber, position: number, zoom: ZoomPresence): void {
    const roster = this.world.roster(account);
    const before = roster.zoomPresence(position);
    roster.override(position, { zoom });
    this.events.presenceChanged(account, position, before, zoom);
  }

  email(account: AccountNumber, position: number, zoomEmail: string): void {
    const roster = this.world.roster(account);
    const before = roster.person(position).zoomEmail;
    roster.override(position, { zoomEmail });
    if (before !== zoomEmail) this.events.emailChanged(account, position, before, zoomEmail);
  }

  role(key: string, role: ZoomRole): void {
    const before = this.person(key);
    this.world.cast.setZoomRole(key, role);
    if (before.role !== role) this.events.roleChanged({ ...before, role }, before.role);
  }

  status(key: string, status: ZoomPerson['status']): void {
    const before = this.person(key);
    this.world.cast.setZoomStatus(key, status);
    if (before.status === status) return;
    this.events.personChanged(before, status === 'active' ? 'activated' : 'deactivated');
  }

  leave(key: string, how: 'deleted' | 'disassociated'): void {
    const person = this.person(key);
    this.world.cast.remove('zoom', key);
    this.events.personChanged(person, how);
  }

  uninstall(key: string): void {
    const person = this.person(key);
    this.world.families.close((family) => family.side === 'zoom' && family.person === key);
    this.events.appDeauthorised(person);
  }

  /** @throws RangeError for somebody who has left or never was there */
  private person(key: string): ZoomPerson {
    const person = this.world.cast.zoomPerson(key);
    if (person === undefined) throw new RangeError(`the sandbox's Zoom has no person "${key}"`);
    return person;
  }
}
