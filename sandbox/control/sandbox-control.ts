import { ACCOUNTS, type AccountNumber } from '../accounts';
import { clientJson } from '../cloudlink/clients';
import type { Extra, PsiStatus, ZoomPhone, ZoomPresence } from '../directory/person';
import type { Fault } from '../faults';
import type { CloudLinkLogin, CloudLinkRole, ZoomPerson, ZoomRole } from '../people';
import type { LoggedRequest } from '../request-log';
import { DEFAULT_SETTINGS, type Settings } from '../settings';
import type { Outgoing } from '../webhooks/outgoing';
import type { World } from '../world';
import { CloudLinkMoves } from './cloudlink-moves';
import { WebhookControl } from './webhook-control';
import { ZoomMoves } from './zoom-moves';

export interface NewUser {
  firstName?: string;
  lastName?: string;
  email?: string;
  zoom?: ZoomPresence;
}

/**
 * Everything that a test may do to the emulated providers; the same over HTTP below `/_control`. What concerns users and
 * persons also sends the webhooks and notifications that the vendors would send.
 */
export class SandboxControl extends WebhookControl {
  private readonly zoom: ZoomMoves;
  private readonly cloudlink: CloudLinkMoves;

  constructor(
    private readonly world: World,
    outgoing: Outgoing,
  ) {
    super(outgoing);
    this.zoom = new ZoomMoves(world, outgoing.events);
    this.cloudlink = new CloudLinkMoves(world, outgoing.notifications);
  }

  /** @returns the id of the fault */
  setFault(fault: Fault): number {
    return this.world.faults.set(fault);
  }

  clearFaults(kind?: string): void {
    this.world.faults.clear(kind);
  }

  faults(): Fault[] {
    return this.world.faults.list();
  }

  /** Who can be chosen at either side, as they are now. */
  people(): { zoom: ZoomPerson[]; cloudlink: CloudLinkLogin[] } {
    return { zoom: this.world.cast.zoomPeople(), cloudlink: this.world.cast.logins() };
  }

  configure(change: Partial<Settings>): Settings {
    this.world.settings = { ...this.world.settings, ...change };
    return this.world.settings;
  }

  /** The user gets another SIP password; `modifiedOn` becomes now. */
  changeCredential(account: AccountNumber, position: number): void {
    const generation = this.world.roster(account).generation(position) + 1;
    this.cloudlink.user(account, position, { generation });
  }

  /** As changeCredential, for one user in `every`, beginning with the first; nobody is notified. @returns how many */
  changeCredentials(account: AccountNumber, every: number): number {
    if (!Number.isInteger(every) || every < 1) throw new RangeError('every must be a whole number from 1 on');
    const roster = this.world.roster(account);
    const modifiedMs = this.world.clock.now();
    let changed = 0;
    for (let position = 0; position < roster.users; position += every) {
      if (!roster.isAtCloudlink(position)) continue;
      roster.override(position, { generation: roster.generation(position) + 1, modifiedMs });
      changed += 1;
    }
    return changed;
  }

  setPsiStatus(account: AccountNumber, position: number, status: PsiStatus): void {
    this.cloudlink.user(account, position, { status });
  }

  /** Also brings users to CloudLink who are missing there from the start. */
  setAtCloudlink(account: AccountNumber, position: number, atCloudlink: boolean): void {
    this.cloudlink.user(account, position, { atCloudlink });
  }

  /** The email at CloudLink alone. */
  changeCloudlinkEmail(account: AccountNumber, position: number, email: string): void {
    this.cloudlink.user(account, position, { cloudlinkEmail: email });
  }

  /** Licences at CloudLink; those that are not named stay. */
  setLicences(account: AccountNumber, position: number, licences: { zoomPsi?: boolean; teleworker?: number }): void {
    this.cloudlink.user(account, position, licences);
  }

  /** 1 Basic, 2 Licensed. Zoom sends no event of its own for it. */
  setZoomType(account: AccountNumber, position: number, type: number): void {
    this.world.roster(account).override(position, { zoomType: type });
  }

  /** What Zoom was asked to deliver to devices, oldest first. */
  pushes(): Record<string, unknown>[] {
    return [...this.world.pushes];
  }

  /** The device has been reinstalled or is gone: pushes to it are refused from now on. */
  killPrid(prid: string): void {
    this.world.deadPrids.add(prid);
  }

  setZoomPresence(account: AccountNumber, position: number, zoom: ZoomPresence): void {
    this.zoom.presence(account, position, zoom);
  }

  /** Gives or takes a Zoom Phone licence; no event of those that the app subscribes to tells of it. */
  setZoomPhone(account: AccountNumber, position: number, zoomPhone: ZoomPhone): void {
    this.world.roster(account).override(position, { zoomPhone });
  }

  /** The email at Zoom alone; the user's id stays. */
  changeZoomEmail(account: AccountNumber, position: number, email: string): void {
    this.zoom.email(account, position, email);
  }

  /** A new user on both sides (at Zoom: active, unless said otherwise). @returns the position */
  addUser(account: AccountNumber, at: 'front' | 'end', user: NewUser = {}): number {
    const roster = this.world.roster(account);
    const { firstName = 'Nele', lastName = 'Neu', zoom = 'active' } = user;
    const email = user.email ?? `${firstName}.${lastName}.x${roster.changes.length}@${roster.plan.domain}`;
    const extra: Extra = { firstName, lastName, email, zoom };
    const position = roster.add(at, extra, this.world.clock.now());
    this.outgoing.events.presenceChanged(account, position, 'absent', zoom);
    this.cloudlink.added(account, position);
    return position;
  }

  /** CloudLink's list ends before this position; 0 empties it, undefined makes it whole again. Nobody is notified. */
  keepFirst(account: AccountNumber, count: number | undefined): void {
    this.world.roster(account).keepFirst(count ?? Number.POSITIVE_INFINITY);
  }

  setZoomRole(person: string, role: ZoomRole): void {
    this.zoom.role(person, role);
  }

  /** Tokens of somebody inactive work or not: setting `zoomInactiveAdminTokens`. */
  setZoomPersonStatus(person: string, status: 'active' | 'inactive'): void {
    this.zoom.status(person, status);
  }

  setCloudlinkRole(login: string, role: CloudLinkRole): void {
    this.cloudlink.role(login, role);
  }

  /** The admin leaves the account: all tokens of that person are dead (at Zoom: 4735). `how` tells the event of Zoom. */
  removePerson(side: 'zoom' | 'cloudlink', person: string, how: 'deleted' | 'disassociated' = 'deleted'): void {
    if (side === 'zoom') this.zoom.leave(person, how);
    else this.cloudlink.leave(person);
  }

  /** The person removes the app at Zoom's marketplace: their tokens are dead, and `app_deauthorized` is sent. */
  uninstallZoomApp(person: string): void {
    this.zoom.uninstall(person);
  }

  /** Codes that were handed out and not redeemed become too old. */
  expireCodes(): void {
    this.world.zoomCodes.expireAll();
    this.world.cloudlinkCodes.expireAll();
  }

  /** All access tokens count as expired; refresh tokens stay valid. */
  expireAccessTokens(side: 'zoom' | 'cloudlink'): void {
    for (const family of this.world.families.all()) {
      if (family.side === side) this.world.families.change(family, { accessFloor: family.accessNumber + 1 });
    }
  }

  /** All tokens of one side are revoked, or only those of one person (a service client is `client:<clientId>`). */
  revokeTokens(side: 'zoom' | 'cloudlink', person?: string): void {
    this.world.families.close((family) => family.side === side && (person === undefined || family.person === person));
  }

  /** These are the app's secrets at Zoom now; the first is not special. */
  setZoomClientSecrets(secrets: readonly string[]): void {
    this.world.zoomClientSecrets = [...secrets];
  }

  /** Without their secrets, oldest first. */
  serviceClients(): Record<string, unknown>[] {
    return this.world.serviceClients.all().map(clientJson);
  }

  removeServiceClient(clientId: string): void {
    if (this.world.serviceClients.find(clientId) === undefined)
      throw new RangeError(`the sandbox has no service client "${clientId}"`);
    this.world.removeServiceClient(clientId);
  }

  /** Time passes, for codes, tokens and page tokens. Retries of webhooks wait in real time (`webhookMinuteMs`). */
  advanceClock(ms: number): void {
    this.world.clock.advance(ms);
  }

  /** How often each kind of request came, and the last 500. */
  requests(): { counts: Record<string, number>; recent: LoggedRequest[] } {
    return this.world.requests.view();
  }

  clearRequests(): void {
    this.world.requests.clear();
  }

  /**
   * Back to the start: directory, persons, faults, settings, client secrets, clock, counters; webhooks that are under way
   * are dropped. Authorisations, service clients, subscriptions and the webhooks' address stay.
   */
  reset(): void {
    for (const plan of ACCOUNTS) this.world.roster(plan.number).reset();
    this.world.cast.reset();
    this.world.faults.clear();
    this.world.requests.clear();
    this.world.pushes.length = 0;
    this.world.deadPrids.clear();
    this.world.clock.reset();
    this.world.settings = { ...DEFAULT_SETTINGS };
    this.world.zoomClientSecrets = this.world.options.zoomClientSecrets;
    this.outgoing.clear();
  }
}
