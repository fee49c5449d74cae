import type { Look } from './use-preflight';

/** So long the service gives the same answer (PREFLIGHT_CACHE_MS there). */
const SAME_FOR_MS = 30_000;

/**
 * How long to wait until a look is a new one: the service asks the providers twice a minute at most, and an old answer
 * would tell somebody who has just mended something that nothing has changed.
 * @param lookedAt when the last answer came, by the clock of the browser, as `now` is
 * @returns milliseconds from 0 to half a minute, also when that clock was set meanwhile
 */
export const untilNewLook = (lookedAt: number, now: number): number =>
  Math.min(SAME_FOR_MS, Math.max(0, lookedAt + SAME_FOR_MS + 250 - now));

/** Whether a look may have seen the users as they were before the last sync, because it was made, or at least begun, before. */
export const isBeforeSync = (
  { checkedAt, afterSync }: Pick<Look, 'checkedAt' | 'afterSync'>,
  syncedAt: string | null,
) => syncedAt !== null && (checkedAt < syncedAt || afterSync !== syncedAt);
