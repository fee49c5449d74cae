import type { CallTarget } from '../remote/call-limits';
import { SlotQueue, TooLong, type SlotSource } from './slot-queue';

const TARGET: CallTarget = { provider: 'zoom', account: 'a', rateClass: 'light' };
const BUDGET = { intervalMs: 1_000, perDay: undefined };
const NEVER = new AbortController().signal;
const mayGo = (): Promise<void> => Promise.resolve();

/** The first lease begins far away; the one who waits for it stands before everybody else. */
const source = (waitMs: number): SlotSource => ({
  take: async () => ({ granted: 1, waitMs, isDayOver: false, isInTrouble: false }),
});

describe('the line before a slot', () => {
  it('is waited in no longer than the caller may wait, and who gives up does not hold up the others', async () => {
    const queue = new SlotQueue(source(300), TARGET, BUDGET);
    const order: string[] = [];
    const first = queue.enter(60_000, NEVER, mayGo).then(() => order.push('first'));
    const second = queue.enter(50, NEVER, mayGo).catch((error: unknown) => {
      expect(error).toBeInstanceOf(TooLong);
      order.push('second gave up');
    });
    const third = queue.enter(60_000, NEVER, mayGo).then(() => order.push('third'));
    await Promise.all([first, second, third]);
    expect(order).toEqual(['second gave up', 'first', 'third']);
    expect(queue.isIdle).toBe(true);
  });

  it('is left at once when the caller aborts', async () => {
    const queue = new SlotQueue(source(300), TARGET, BUDGET);
    const stop = new AbortController();
    const first = queue.enter(60_000, NEVER, mayGo);
    const second = queue.enter(60_000, stop.signal, mayGo);
    stop.abort(new Error('enough'));
    await expect(second).rejects.toThrow('enough');
    await first;
  });
});
