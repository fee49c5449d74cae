import { assertNever } from '../errors/assert-never';

/** Whether an account is called at all. `until`: milliseconds since 1970 by the database's clock. */
export type Breaker =
  | { state: 'closed'; failures: number }
  /** Nobody calls before `until`. */
  | { state: 'open'; openings: number; until: number }
  /** One call is on its way to find out. If nothing is heard of it by `until`, its caller is gone and another may try. */
  | { state: 'half_open'; openings: number; until: number };

export type BreakerEvent = 'ask' | 'answered' | 'failed';

/** `waitMs`: an `ask` is refused, and makes sense again after so long. */
export interface BreakerStep {
  next: Breaker;
  waitMs?: number;
}

export const CLOSED: Breaker = { state: 'closed', failures: 0 };
/** More than the four attempts of one call, so that one call alone opens nothing. */
export const FAILURES_TO_OPEN = 5;
/** Longer than a call may take with its time limit. */
export const PROBE_MS = 30_000;
const FIRST_OPEN_MS = 5_000;
const LONGEST_OPEN_MS = 5 * 60_000;

/** @param random 0 to 1: spreads the waits by a quarter, so that many accounts of one dead provider do not come back at once */
export function nextBreaker(now: Breaker, event: BreakerEvent, nowMs: number, random: number): BreakerStep {
  switch (event) {
    case 'ask':
      if (now.state === 'closed') return { next: now };
      if (nowMs < now.until) return { next: now, waitMs: now.until - nowMs };
      return { next: { state: 'half_open', openings: now.openings, until: nowMs + PROBE_MS } };
    case 'answered':
      return { next: CLOSED };
    case 'failed':
      return { next: afterFailure(now, nowMs, random) };
    default:
      return assertNever(event);
  }
}

function afterFailure(now: Breaker, nowMs: number, random: number): Breaker {
  switch (now.state) {
    case 'closed':
      if (now.failures + 1 < FAILURES_TO_OPEN) return { state: 'closed', failures: now.failures + 1 };
      return open(1, nowMs, random);
    case 'open':
      // A call that had left before: it tells nothing new.
      return now;
    case 'half_open':
      return open(now.openings + 1, nowMs, random);
    default:
      return assertNever(now);
  }
}

function open(openings: number, nowMs: number, random: number): Breaker {
  const ms = Math.min(FIRST_OPEN_MS * 2 ** (openings - 1), LONGEST_OPEN_MS);
  return { state: 'open', openings, until: nowMs + ms * (1 + random / 4) };
}
