import type { Platform, RegistrationReport } from './registration-report';
import type { CredentialState, UserStatus, ZoomUserStatus } from './user-status';

/** Everything but time that the status of a user depends on. */
export interface StatusFacts {
  removed: boolean;
  credential: CredentialState;
  /** null: Zoom does not know the user (yet). */
  zoomStatus: ZoomUserStatus | null;
  registrations: readonly RegistrationReport[];
}

/** `none`: never reported. `lapsed`: reported once, nothing of it counts any more. */
export type PlatformState = 'none' | 'registered' | 'failed' | 'lapsed';

/** Status by desktop (row) and mobile (column). A failure anywhere is shown: the other device hides it otherwise. */
export const STATUS_BY_PLATFORMS: Record<
  PlatformState,
  Record<PlatformState, 'inactive' | 'registered' | 'sip_error'>
> = {
  none: { none: 'inactive', registered: 'registered', failed: 'sip_error', lapsed: 'inactive' },
  registered: { none: 'registered', registered: 'registered', failed: 'sip_error', lapsed: 'registered' },
  failed: { none: 'sip_error', registered: 'sip_error', failed: 'sip_error', lapsed: 'sip_error' },
  lapsed: { none: 'inactive', registered: 'registered', failed: 'sip_error', lapsed: 'inactive' },
};

export interface DerivedStatus {
  status: UserStatus;
  /** The failing report behind `sip_error`, the newer one when both platforms fail; null otherwise. */
  sip: RegistrationReport | null;
  /** The earliest moment after `now` at which time alone changes `status` or `sip`; null: never. */
  nextChangeAt: Date | null;
}

/** The status of a user at one moment, and how long it holds. */
export function deriveStatus(facts: StatusFacts, now: Date): DerivedStatus {
  const present = statusAt(facts, now);
  return { ...present, nextChangeAt: findNextChange(facts, now, present) };
}

/** The status alone: the hot path asks this when nothing can have expired. */
export function statusAt(facts: StatusFacts, at: Date): Omit<DerivedStatus, 'nextChangeAt'> {
  const gate = closedGate(facts);
  if (gate !== undefined) return { status: gate, sip: null };
  const desktop = platformAt(facts.registrations, 'desktop', at);
  const mobile = platformAt(facts.registrations, 'mobile', at);
  return { status: STATUS_BY_PLATFORMS[desktop.state][mobile.state], sip: newer(desktop.failure, mobile.failure) };
}

/** What decides before any registration does; undefined: the registrations decide. */
export function closedGate(facts: StatusFacts): 'removed' | 'pending' | 'inactive' | undefined {
  if (facts.removed) return 'removed';
  if (facts.credential !== 'ready') return 'pending';
  if (facts.zoomStatus === 'inactive') return 'inactive';
  return undefined;
}

/**
 * A failure counts while it is the newest report of its platform: a reinstalled app has a new device id, and what the
 * old one last said must not come back. A registration counts while it is live, whatever another device says of itself.
 */
function platformAt(
  reports: readonly RegistrationReport[],
  platform: Platform,
  at: Date,
): { state: PlatformState; failure: RegistrationReport | null } {
  let newest: RegistrationReport | null = null;
  let registered = false;
  for (const report of reports) {
    if (report.platform !== platform) continue;
    newest = newer(newest, report);
    if (report.outcome === 'registered' && report.expiresAt > at) registered = true;
  }
  if (newest === null) return { state: 'none', failure: null };
  if (newest.outcome === 'failed' && newest.expiresAt > at) return { state: 'failed', failure: newest };
  return { state: registered ? 'registered' : 'lapsed', failure: null };
}

/** Two reports of one millisecond are told apart by device id, so that every process decides alike. */
function newer(a: RegistrationReport | null, b: RegistrationReport | null): RegistrationReport | null {
  if (a === null || b === null) return a ?? b;
  const distance = a.reportedAt.getTime() - b.reportedAt.getTime();
  return distance > 0 || (distance === 0 && a.deviceId > b.deviceId) ? a : b;
}

function findNextChange(facts: StatusFacts, now: Date, present: Omit<DerivedStatus, 'nextChangeAt'>): Date | null {
  if (closedGate(facts) !== undefined) return null;
  const moments = facts.registrations.map((report) => report.expiresAt).filter((moment) => moment > now);
  moments.sort((a, b) => a.getTime() - b.getTime());
  for (const moment of moments) {
    const then = statusAt(facts, moment);
    if (then.status !== present.status || then.sip !== present.sip) return moment;
  }
  return null;
}
