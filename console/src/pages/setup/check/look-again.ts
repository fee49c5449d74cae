/** So long the service gives the same answer (PREFLIGHT_CACHE_MS there). */
const SAME_FOR_MS = 30_000;

/**
 * How long to wait until a look is a new one: the service asks the providers twice a minute at most, and an old answer
 * would tell somebody who has just mended something that nothing has changed.
 * @returns milliseconds from 0 to half a minute, whatever the two clocks say
 */
export const untilNewLook = (checkedAt: string, now: number): number =>
  Math.min(SAME_FOR_MS, Math.max(0, Date.parse(checkedAt) + SAME_FOR_MS + 250 - now));
