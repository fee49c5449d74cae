import { setTimeout as sleep } from 'node:timers/promises';
import type { CallTarget } from '../remote/call-limits';
import type { RateBudget } from './rate-budget';
import type { SlotLease } from './slot.repository';

/** What a queue needs of the shared calendar. */
export interface SlotSource {
  take(target: CallTarget, budget: RateBudget, wanted: number, unused: number): Promise<SlotLease>;
}

/** How a wait ended that did not end with a slot. */
export class TooLong extends Error {
  constructor(
    readonly waitMs: number,
    readonly isDayOver: boolean,
  ) {
    super('the next slot is too far away');
    this.name = 'TooLong';
  }
}

/** A lease covers this much time at most: so long another process's 429 may go unheard, and so long others wait for us. */
const LEASE_MS = 1_000;

/**
 * The calls of this process for one account's class, first come, first served. Slots are leased several at a time: as
 * many as wait, or twice the last lease when that was used up. A lone call leases one; a sync ends up at a second's worth.
 */
export class SlotQueue {
  private tail: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  /** By performance.now(); one that has passed by more than an interval is void, or late calls would come in a crowd. */
  private slots: number[] = [];
  private lastLease = 0;
  private unused = 0;

  constructor(
    private readonly source: SlotSource,
    private readonly target: CallTarget,
    private readonly budget: RateBudget,
  ) {}

  get isIdle(): boolean {
    return this.waiting === 0 && this.slots.every((slot) => slot + this.budget.intervalMs < performance.now());
  }

  /**
   * @param mayGo asked after a lease that found the account in trouble; throws to keep the call back
   * @throws TooLong, the signal's reason, and what `mayGo` throws
   */
  async enter(longestWaitMs: number, signal: AbortSignal, mayGo: () => Promise<void>): Promise<void> {
    const deadline = performance.now() + longestWaitMs;
    const before = this.tail;
    let done = (): void => undefined;
    const mine = new Promise<void>((resolve) => (done = resolve));
    this.tail = before.then(() => mine);
    this.waiting += 1;
    try {
      if (!(await isOver(before, longestWaitMs, signal)))
        throw new TooLong(this.waiting * this.budget.intervalMs, false);
      await this.awaitSlot(deadline, signal, mayGo);
    } finally {
      this.waiting -= 1;
      done();
    }
  }

  /** What was leased before something happened that changes everything. */
  dropSlots(): void {
    this.unused += this.slots.length;
    this.slots = [];
  }

  private async awaitSlot(deadline: number, signal: AbortSignal, mayGo: () => Promise<void>): Promise<void> {
    // Asked once: the one call that may find out would be refused when its slot passes while the answer is on its way.
    let answer: Promise<void> | undefined;
    const ask = (): Promise<void> => (answer ??= mayGo());
    for (;;) {
      signal.throwIfAborted();
      this.dropPassed();
      const [slot] = this.slots;
      if (slot === undefined) await this.lease(deadline, signal, ask);
      // Looked at again afterwards: it may be dropped meanwhile, or have passed because this process was held up.
      else if (slot > performance.now()) await wait(slot - performance.now(), signal);
      else {
        this.slots.shift();
        return;
      }
    }
  }

  private dropPassed(): void {
    const oldest = performance.now() - this.budget.intervalMs;
    while (this.slots[0] !== undefined && this.slots[0] < oldest) {
      this.slots.shift();
      this.unused += 1;
    }
  }

  private async lease(deadline: number, signal: AbortSignal, mayGo: () => Promise<void>): Promise<void> {
    const most = Math.max(1, Math.floor(LEASE_MS / this.budget.intervalMs));
    const wanted = Math.min(most, Math.max(this.waiting, this.unused === 0 ? this.lastLease * 2 : 1));
    const { unused } = this;
    const lease = await this.source.take(this.target, this.budget, wanted, unused);
    this.unused -= unused;
    this.lastLease = lease.granted;
    const first = performance.now() + lease.waitMs;
    if (lease.granted === 0) {
      if (first > deadline) throw new TooLong(lease.waitMs, lease.isDayOver);
      await wait(lease.waitMs, signal);
      return;
    }
    this.slots = Array.from({ length: lease.granted }, (_, index) => first + index * this.budget.intervalMs);
    if (!lease.isInTrouble) return;
    // One at a time while nobody knows how it goes on.
    this.unused += this.slots.length - 1;
    this.slots.length = 1;
    await mayGo();
  }
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0) return;
  // A timer may fire a little early.
  await sleep(Math.ceil(ms), undefined, { signal }).catch(() => signal.throwIfAborted());
}

/** @returns false when `work` is not over after so long: who waits in line has the same limit as who waits for a slot */
async function isOver(work: Promise<unknown>, ms: number, signal: AbortSignal): Promise<boolean> {
  signal.throwIfAborted();
  const done = new AbortController();
  const limit = sleep(ms, false, { signal: AbortSignal.any([signal, done.signal]) }).catch(() => {
    signal.throwIfAborted();
    return true;
  });
  try {
    return await Promise.race([work.then(() => true), limit]);
  } finally {
    done.abort();
    // The loser of the race must not count as unhandled.
    limit.catch(() => undefined);
  }
}
