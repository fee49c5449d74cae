import { createHash } from 'node:crypto';
import { RunFailure } from './run-failure';

/** How far a list has been followed, small enough for a checkpoint. */
export interface LoopGuard {
  pages: number;
  /** Hash of one position on the way; null before the second page. */
  anchor: string | null;
}

export const UNTROUBLED: LoopGuard = { pages: 0, anchor: null };

/** 100 000 pages of 1 000 users: nobody has so many, so such a list does not end. */
const MAX_PAGES = 100_000;

/**
 * Notes that `next` will be read. Brent's cycle detection: only the position after 1, 2, 4, 8, … pages is remembered,
 * and a loop is met within at most three times its length. A list of all positions would be written again with each page.
 * @throws RunFailure `page_loop`
 */
export function followNext(guard: LoopGuard, next: string, provider: 'Zoom' | 'CloudLink'): LoopGuard {
  const hash = createHash('sha256').update(next).digest('base64url').slice(0, 22);
  if (hash === guard.anchor || guard.pages >= MAX_PAGES) {
    throw new RunFailure(
      'page_loop',
      `${provider} keeps sending links to pages that were read before, so its user list never ends. Nobody was removed.`,
    );
  }
  const pages = guard.pages + 1;
  const isPowerOfTwo = (pages & (pages - 1)) === 0;
  return { pages, anchor: isPowerOfTwo ? hash : guard.anchor };
}
