import { ACCOUNTS, type AccountNumber } from '../accounts';
import { clientJson } from '../cloudlink/clients';
import type { Extra, PsiStatus, ZoomPresence } from '../directory/person';
import type { Fault } from '../faults';
import type { CloudLinkRole, ZoomRole } from '../people';
import type { LoggedRequest } from '../request-log';
import { DEFAULT_SETTINGS, type Settings } from '../settings';
import type { World } from '../world';

export interface NewUser {
  firstName?: string;
  lastName?: string;
  email?: string;
  zoom?: ZoomPresence;
}

/** Everything that a test may do to the emulated providers; the same over HTTP below `/_control`. */
export class SandboxControl {
  constructor(private readonly world: World) {}

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

  configure(change: Partial<Settings>): Settings {
    this.world.settings = { ...this.world.settings, ...change };
    return this.world.settings;
  }

  /** The user gets another SIP password; `modifiedOn` becomes now. */
  changeCredential(account: AccountNumber, position: number): void {
    const roster = this.world.roster(account);
    roster.override(position, { generation: roster.generation(position) + 1, modifiedMs: this.world.clock.now() });
  }

  setPsiStatus(account: AccountNumber, position: number, status: PsiStatus): void {
    this.world.roster(account).override(position, { status, modifiedMs: this.world.clock.now() });
  }

  /** Also brings users to CloudLink who are missing there from the start. */
  setAtCloudlink(account: AccountNumber, position: number, atCloudlink: boolean): void {
    this.world.roster(account).override(position, { atCloudlink, modifiedMs: this.world.clock.now() });
  }

  setZoomPresence(account: AccountNumber, position: number, zoom: ZoomPresence): void {
    this.world.roster(account).override(position, { zoom });
  }

  /** The email at Zoom alone; the user's id stays. */
  changeZoomEmail(account: AccountNumber, position: number, email: string): void {
    this.world.roster(account).override(position, { zoomEmail: email });
  }

  /** The email at CloudLink alone. */
  changeCloudlinkEmail(account: AccountNumber, position: number, email: string): void {
    this.world.roster(account).override(position, { cloudlinkEmail: email, modifiedMs: this.world.clock.now() });
  }

  /** A new user on both sides (at Zoom: active, unless said otherwise). @returns the position */
  addUser(account: AccountNumber, at: 'front' | 'end', user: NewUser = {}): number {
    const roster = this.world.roster(account);
    const { firstName = 'Nele', lastName = 'Neu', zoom = 'active' } = user;
    const email = user.email ?? `${firstName}.${lastName}.x${roster.changes.length}@${roster.plan.domain}`;
    const extra: Extra = { firstName, lastName, email, zoom };
    return roster.add(at, extra, this.world.clock.now());
  }

  /** CloudLink's list ends before this position; 0 empties it, undefined makes it whole again. */
  keepFirst(account: AccountNumber, count: number | undefined): void {
    this.world.roster(account).keepFirst(count ?? Number.POSITIVE_INFINITY);
  }

  setZoomRole(person: string, role: ZoomRole): void {
    this.world.cast.setZoomRole(person, role);
  }

  /** Tokens of somebody inactive work or not: setting `zoomInactiveAdminTokens`. */
  setZoomPersonStatus(person: string, status: 'active' | 'inactive'): void {
    this.world.cast.setZoomStatus(person, status);
  }

  setCloudlinkRole(login: string, role: CloudLinkRole): void {
    this.world.cast.setCloudlinkRole(login, role);
  }

  /** The admin leaves the account: all tokens of that person are dead (at Zoom: 4735). */
  removePerson(side: 'zoom' | 'cloudlink', person: string): void {
    this.world.cast.remove(side, person);
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

  /** All tokens of one side are revoked, or only those of one person. */
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

  /** Time passes, for codes, tokens and page tokens. */
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

  /** Back to the start: directory, persons, faults, settings, clock, counters. Authorisations, service clients, subscriptions stay. */
  reset(): void {
    for (const plan of ACCOUNTS) this.world.roster(plan.number).reset();
    this.world.cast.reset();
    this.world.faults.clear();
    this.world.requests.clear();
    this.world.clock.reset();
    this.world.settings = { ...DEFAULT_SETTINGS };
    this.world.zoomClientSecrets = this.world.options.zoomClientSecrets;
  }
}
