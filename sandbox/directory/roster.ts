import { hash } from 'node:crypto';
import { usersOf, type AccountPlan } from '../accounts';
import { credentialFor, cloudlinkSipPassword, type SandboxCredential } from './credential-for';
import { IdCodec } from './id-codec';
import { kindOf, type Kind } from './kinds';
import { lineOf, type Line } from './line';
import type { Range } from './collect';
import {
  addedPerson,
  computedPerson,
  firstModifiedMs,
  psiStatusOf,
  zoomPhoneOf,
  zoomPresenceOf,
  type Extra,
  type Person,
  type PsiStatus,
  type ZoomPhone,
  type ZoomPresence,
} from './person';

/** What a mutation changed about one user. */
export interface Override {
  atCloudlink?: boolean;
  status?: PsiStatus;
  zoom?: ZoomPresence;
  zoomPhone?: ZoomPhone;
  generation?: number;
  modifiedMs?: number;
  zoomEmail?: string;
  cloudlinkEmail?: string;
  /** Zoom's user type: 1 Basic, 2 Licensed. */
  zoomType?: number;
  /** Licences at CloudLink. */
  zoomPsi?: boolean;
  teleworker?: number;
}

/**
 * The users of one account as they are now: computed from seed and position, plus the few that were changed. A
 * position is an integer that never changes its user: 0 … users − 1, negative for users added at the front, from
 * `users` on for those added at the end. Nothing is kept per user, so a million users cost no memory.
 */
export class Roster {
  readonly users: number;
  readonly zoomIds: IdCodec;
  readonly cloudlinkIds: IdCodec;
  private readonly nameOffset: number;
  private readonly overrides = new Map<number, Override>();
  private readonly extras = new Map<number, Extra>();
  private readonly emailsChanged = new Set<number>();
  private front = 0;
  private end = 0;
  private keep = Number.POSITIVE_INFINITY;
  /** Raised by each mutation; counts are remembered per revision. */
  revision = 0;
  /** What came to or left CloudLink's list, in order: offset paging needs to know. */
  readonly changes: { position: number; delta: 1 | -1 }[] = [];

  constructor(
    readonly plan: AccountPlan,
    readonly seed: string,
    users: number,
  ) {
    this.users = usersOf(plan.number, users);
    this.zoomIds = new IdCodec(seed, `zoom|${plan.number}`);
    this.cloudlinkIds = new IdCodec(seed, `cloudlink|${plan.number}`);
    this.nameOffset = parseInt(hash('sha256', `${seed}|names`).slice(0, 6), 16);
  }

  get range(): Range {
    return { from: -this.front, to: this.users + this.end };
  }

  kind(position: number): Kind {
    return position >= 0 && position < this.users ? kindOf(position) : 'ready';
  }

  exists(position: number): boolean {
    return (position >= 0 && position < this.users) || this.extras.has(position);
  }

  isAtCloudlink(position: number): boolean {
    if (!this.exists(position) || position >= this.keep) return false;
    return this.overrides.get(position)?.atCloudlink ?? this.kind(position) !== 'missing_at_cloudlink';
  }

  psiStatus(position: number): PsiStatus {
    const changed = this.overrides.get(position)?.status;
    return changed ?? psiStatusOf(this.kind(position));
  }

  zoomPresence(position: number): ZoomPresence {
    if (!this.exists(position)) return 'absent';
    const changed = this.overrides.get(position)?.zoom ?? this.extras.get(position)?.zoom;
    return changed ?? zoomPresenceOf(this.kind(position));
  }

  /** Nobody who is not at Zoom has one. Those who were added after the start have none. */
  zoomPhone(position: number): ZoomPhone {
    if (this.zoomPresence(position) === 'absent') return 'none';
    const isAdded = position < 0 || position >= this.users;
    return this.overrides.get(position)?.zoomPhone ?? (isAdded ? 'none' : zoomPhoneOf(position));
  }

  zoomType(position: number): number {
    return this.overrides.get(position)?.zoomType ?? 2;
  }

  licences(position: number): { zoomPsi: boolean; teleworker: number } {
    const { zoomPsi, teleworker } = this.overrides.get(position) ?? {};
    return { zoomPsi: zoomPsi ?? this.psiStatus(position) !== 'revoked', teleworker: teleworker ?? 2 };
  }

  modifiedMs(position: number): number {
    return this.overrides.get(position)?.modifiedMs ?? firstModifiedMs(position);
  }

  line(position: number): Line {
    return lineOf(this.plan.number, position);
  }

  credential(position: number): SandboxCredential {
    const generation = this.overrides.get(position)?.generation;
    return credentialFor(position, { seed: this.seed, account: this.plan.number, generation });
  }

  cloudlinkSipPassword(position: number): string {
    return cloudlinkSipPassword(position, { seed: this.seed, account: this.plan.number });
  }

  person(position: number): Person {
    const changed = this.overrides.get(position);
    const person = this.firstPerson(position);
    if (changed?.zoomEmail !== undefined) person.zoomEmail = changed.zoomEmail;
    if (changed?.cloudlinkEmail !== undefined) person.cloudlinkEmail = changed.cloudlinkEmail;
    return person;
  }

  /** The Zoom user with this id or email, however it is spelled. */
  findAtZoom(idOrEmail: string): number | undefined {
    const position = idOrEmail.includes('@')
      ? this.positionOfEmail(idOrEmail)
      : this.zoomIds.positionOfShortId(idOrEmail);
    if (position === undefined) return undefined;
    const presence = this.zoomPresence(position);
    // Zoom gives no id to those who have not accepted their invitation.
    if (presence === 'pending' && !idOrEmail.includes('@')) return undefined;
    return presence === 'absent' ? undefined : position;
  }

  findAtCloudlink(userId: string): number | undefined {
    const position = this.cloudlinkIds.positionOfUuid(userId);
    return position !== undefined && this.isAtCloudlink(position) ? position : undefined;
  }

  override(position: number, change: Override): void {
    if (!this.exists(position)) throw new RangeError(`account ${this.plan.number} has no user ${position}`);
    if (change.zoomEmail !== undefined) this.emailsChanged.add(position);
    const was = this.isAtCloudlink(position);
    this.overrides.set(position, { ...this.overrides.get(position), ...change });
    const is = this.isAtCloudlink(position);
    if (was !== is) this.changes.push({ position, delta: is ? 1 : -1 });
    this.revision += 1;
  }

  generation(position: number): number {
    return this.overrides.get(position)?.generation ?? 0;
  }

  /** @returns the position of the new user */
  add(at: 'front' | 'end', extra: Extra, modifiedMs: number): number {
    const position = at === 'front' ? -(this.front += 1) : this.users + this.end++;
    this.extras.set(position, extra);
    this.override(position, { modifiedMs });
    this.changes.push({ position, delta: 1 });
    return position;
  }

  /** The next user in CloudLink's list after this position, or before it; the end of the list when there is none. */
  neighbour(position: number, step: 1 | -1): number {
    const { from, to } = this.range;
    let at = position + step;
    while (at >= from && at < to && !this.isAtCloudlink(at)) at += step;
    return Math.min(Math.max(at, from), to);
  }

  /** Only positions below this one are still at CloudLink; Infinity for all. */
  keepFirst(count: number): void {
    this.keep = count;
    this.revision += 1;
  }

  reset(): void {
    this.overrides.clear();
    this.extras.clear();
    this.emailsChanged.clear();
    this.changes.length = 0;
    this.front = 0;
    this.end = 0;
    this.keep = Number.POSITIVE_INFINITY;
    this.revision += 1;
  }

  private positionOfEmail(email: string): number | undefined {
    const wanted = email.toLowerCase();
    const has = (position: number): boolean => this.person(position).zoomEmail.toLowerCase() === wanted;
    for (const position of this.emailsChanged) if (has(position)) return position;
    for (const position of this.extras.keys()) if (has(position)) return position;
    // The index is part of each computed email.
    const index = Number(/\.(\d{1,9})@/.exec(wanted)?.[1] ?? Number.NaN);
    return this.exists(index) && has(index) ? index : undefined;
  }

  private firstPerson(position: number): Person {
    const extra = this.extras.get(position);
    if (extra !== undefined) return addedPerson(position, extra);
    return computedPerson(position, this.kind(position), this.plan.domain, this.nameOffset);
  }
}
