import { closedGate, deriveStatus, type StatusFacts } from './derive-status';
import { followTime } from './follow-time';
import { moveStatus } from './move-status';
import type { RegistrationReport } from './registration-report';
import type { CredentialState, StoredStatus, ZoomUserStatus } from './user-status';

export type { StoredStatus } from './user-status';

/**
 * The status of a user after a sync (or an admin) has changed what we know of them: credential, Zoom status, removal.
 * Hand in all registrations of the user that are stored; `current` is undefined for a user who is new.
 */
export function statusAfterSync(input: {
  current: StoredStatus | undefined;
  credential: CredentialState;
  zoomStatus: ZoomUserStatus | null;
  removed: boolean;
  registrations: RegistrationReport[];
  now: Date;
}): StoredStatus {
  const { current, registrations, now } = input;
  const facts: StatusFacts = {
    removed: input.removed,
    credential: input.credential,
    zoomStatus: input.zoomStatus,
    registrations,
  };
  if (current === undefined) {
    const { status, nextChangeAt } = deriveStatus(facts, now);
    return { status, statusSince: now, statusExpiresAt: nextChangeAt };
  }
  if (closedGate(facts) !== undefined) return moveStatus(current, facts, now);
  if (current.status === 'pending' || current.status === 'removed') {
    // The credential is (back) here: that alone makes the user inactive. A registration that outlived the gap is a
    // second move, because the first one ends where the table ends it.
    const inactive = moveStatus(current, { ...facts, registrations: [] }, now);
    return moveStatus(inactive, facts, now);
  }
  return moveStatus(followTime(current, facts, now), facts, now);
}
