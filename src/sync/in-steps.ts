import { setImmediate as breathe } from 'node:timers/promises';

const STEP = 50;

/**
 * Does `work` for each item and lets the thread's other business in between: the answers of PostgreSQL to the page that is
 * being stored, and requests of apps where one process has both roles.
 */
export async function inSteps<T>(items: readonly T[], work: (item: T) => void): Promise<void> {
  for (let at = 0; at < items.length; at += STEP) {
    if (at > 0) await breathe();
    for (const item of items.slice(at, at + STEP)) work(item);
  }
}
