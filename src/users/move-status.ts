import { deriveStatus, type StatusFacts } from './derive-status';
import { transition } from './transition';
import type { StoredStatus } from './user-status';

/** The status after something other than time has changed: a report, a sync. `statusSince` stays while the status does. */
export function moveStatus(current: StoredStatus, facts: StatusFacts, now: Date): StoredStatus {
  const { status, nextChangeAt } = deriveStatus(facts, now);
  return {
    status: transition(current.status, status),
    statusSince: status === current.status ? current.statusSince : now,
    statusExpiresAt: nextChangeAt,
  };
}
