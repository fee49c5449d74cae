import { statusAt } from './derive-status';
import { followTime } from './follow-time';
import type { RegistrationReport } from './registration-report';
import { factsOf, type StatusRecord } from './user-record';
import type { UserStatus } from './user-status';

export interface PresentStatus {
  status: UserStatus;
  since: Date;
  /** The failing report behind `sip_error`. */
  sip: RegistrationReport | null;
}

/** What a stored user is at `now`: nothing depends on whether a sweep has come by since the last expiry. */
export function presentStatus(user: StatusRecord, now: Date): PresentStatus {
  const facts = factsOf(user);
  const { status, sip } = statusAt(facts, now);
  return { status, since: followTime(user, facts, now).statusSince, sip };
}
