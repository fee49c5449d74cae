import { setImmediate as breathe } from 'node:timers/promises';
import { type Slice, SliceOver } from './slice';

/**
 * Yields page after page and already fetches the next one while the consumer stores the present one.
 * At most two pages are in memory. `next` may throw to end the walk (loop guard). When the slice is over the page that
 * has come is still yielded, but none is fetched that nobody would store.
 * @throws SliceOver when there are more pages
 */
export async function* pagesAhead<P>(
  first: string | undefined,
  fetch: (position: string | undefined) => Promise<P>,
  next: (page: P) => string | undefined,
  slice?: Slice,
): AsyncGenerator<P, void, undefined> {
  let pending = fetch(first);
  for (;;) {
    const page = await pending;
    const position = next(page);
    if (position === undefined) {
      yield page;
      return;
    }
    if (slice?.isOver === true) {
      yield page;
      throw new SliceOver();
    }
    pending = fetch(position);
    // It is awaited in the next round; until then, or if the consumer stops, its failure must not count as unhandled.
    pending.catch(() => undefined);
    yield page;
  }
}

/** Prepares the next item while the consumer works on the present one, who has the thread first. At most one waits. */
export async function* preparedAhead<T, R>(
  items: AsyncIterable<T>,
  prepare: (item: T) => Promise<R>,
): AsyncGenerator<R, void, undefined> {
  const source = items[Symbol.asyncIterator]();
  const next = async (): Promise<R | undefined> => {
    const item = await source.next();
    if (item.done === true) return undefined;
    await breathe();
    return prepare(item.value);
  };
  let pending = next();
  try {
    for (;;) {
      const ready = await pending;
      if (ready === undefined) return;
      pending = next();
      // As above: whoever stops does not ask for it any more.
      pending.catch(() => undefined);
      yield ready;
    }
  } finally {
    // What was begun is ended before the consumer goes on, so that nothing reads for a run that is over.
    await pending.catch(() => undefined);
    await source.return?.();
  }
}
