import { LruCache } from '../access/lru-cache';

/** Answers that are dear to find, each kept for a moment and found once for all who ask meanwhile. */
export class Remembered<T> {
  private readonly known: LruCache<{ at: number; answer: Promise<T> }>;

  constructor(
    private readonly keepMs: number,
    capacity: number,
  ) {
    this.known = new LruCache(capacity);
  }

  get(key: string, now: Date, find: () => Promise<T>): Promise<T> {
    const at = now.getTime();
    const known = this.known.get(key);
    if (known !== undefined && Math.abs(at - known.at) < this.keepMs) return known.answer;
    const answer = find();
    this.known.set(key, { at, answer });
    // What failed is tried anew by the next one who asks.
    answer.catch(() => {
      if (this.known.get(key)?.answer === answer) this.known.delete(key);
    });
    return answer;
  }
}
