import type { SipSource } from './sip-source';

/** What an app does after a registration failed: try the next target, the same one again, or none. */
export type FailoverStep = 'next_target' | 'same_target' | 'stop';

/**
 * The target or something behind it does not work (RFC 3261 section 21.5; 408 also when the app made it itself): another
 * target may. A 503 may come with Retry-After: that target is left alone for so long.
 */
export const NEXT_TARGET_CODES = [408, 500, 502, 503, 504] as const;

/** The target works and asks for a longer registration (Min-Expires): the same one gets it. */
export const SAME_TARGET_CODES = [423] as const;

/**
 * The target works and refuses this user: all others would, too, and a refused credential must not be offered again
 * (RFC 3261 section 22.2). 401 and 407 count from the second time on, because the first is only the question for the
 * credential, as one with stale=true is.
 */
export const STOP_CODES = [401, 403, 404, 407] as const;

const includes = (codes: readonly number[], code: number): boolean => codes.includes(code);

/** The rule behind the three lists: a failure that is in none of them stops, unless there was no SIP answer at all. */
export function afterFailure(code: number, source: SipSource): FailoverStep {
  // DNS, TCP or TLS failed (a certificate for another name, too): whatever code the app put in its place says nothing.
  if (source === 'network' || includes(NEXT_TARGET_CODES, code)) return 'next_target';
  return includes(SAME_TARGET_CODES, code) ? 'same_target' : 'stop';
}
