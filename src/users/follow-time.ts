import { deriveStatus, type StatusFacts } from './derive-status';
import { transition } from './transition';
import type { StoredStatus } from './user-status';

/**
 * What the stored status has become by `now` through time alone. It walks from expiry to expiry, so that `statusSince`
 * is the moment at which the last change happened, not the moment at which somebody looked.
 */
export function followTime(stored: StoredStatus, facts: StatusFacts, now: Date): StoredStatus {
  let current = stored;
  while (current.statusExpiresAt !== null && current.statusExpiresAt <= now) {
    const at = current.statusExpiresAt;
    const next = deriveStatus(facts, at);
    current = {
      status: transition(current.status, next.status),
      statusSince: next.status === current.status ? current.statusSince : at,
      statusExpiresAt: next.nextChangeAt,
    };
  }
  return current;
}
