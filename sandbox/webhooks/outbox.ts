import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { post, type Message } from './post';
import { shuffled } from './shuffled';
import { Slots } from './slots';

export interface Attempt {
  /** Time of the sandbox's clock. */
  at: string;
  /** 0: no answer came, or not in time. */
  status: number;
}

/** `held` waits for `releaseWebhooks()`; `given-up` was refused, failed for the last time, or nobody wants it any more. */
export type DeliveryState = 'held' | 'pending' | 'delivered' | 'given-up';

/** What tests see of a delivery, together with its label. */
export interface DeliveryProgress {
  attempts: Attempt[];
  state: DeliveryState;
}

/** How one vendor sends one event. */
export interface Sending {
  /** The request of this attempt (0: the first); undefined when nobody wants it any more. */
  compose(attempt: number): Message | undefined;
  judge(status: number, attempt: number): 'delivered' | 'retry' | 'given-up';
  /** Minutes before each retry. */
  retryMinutes: readonly number[];
}

export interface OutboxOptions {
  now(): number;
  /** Real milliseconds per minute of waiting. */
  minuteMs(): number;
  timeoutMs(): number;
}

interface Entry<Label> {
  label: Label;
  sending: Sending;
  progress: DeliveryProgress;
}

const KEPT = 5000;
/** A mass change must not open thousands of connections at once. */
const AT_A_TIME = 32;

/** Deliveries of one vendor: under way, waiting for a retry, held, and the last ones that ended. */
export class Outbox<Label extends object> {
  private log: Entry<Label>[] = [];
  private held: Entry<Label>[] = [];
  private pending = 0;
  private onIdle: (() => void)[] = [];
  private slots = new Slots(AT_A_TIME);
  private ending = newEnding();

  constructor(private readonly options: OutboxOptions) {}

  add(label: Label, sending: Sending, holds: boolean): void {
    const entry: Entry<Label> = { label, sending, progress: { attempts: [], state: 'held' } };
    this.log.push(entry);
    if (this.log.length > KEPT) this.log.shift();
    if (holds) this.held.push(entry);
    else void this.deliver(entry, this.begin(entry));
  }

  /** Sends what is held, mixed up: each one's first attempt has ended before the next one's begins. */
  release(seed: string): void {
    const mixed = shuffled(this.held, seed);
    this.held = [];
    const begun = mixed.map((entry) => ({ entry, signal: this.begin(entry) }));
    void begun.reduce(async (before, { entry, signal }) => {
      await before;
      await new Promise<void>((next) => void this.deliver(entry, signal, next));
    }, Promise.resolve());
  }

  view(): (Label & DeliveryProgress)[] {
    return this.log.map(({ label, progress }) => ({ ...label, ...progress, attempts: [...progress.attempts] }));
  }

  /** Resolves when nothing is under way and nothing waits for a retry. Held ones do not count. */
  idle(): Promise<void> {
    return this.pending === 0 ? Promise.resolve() : new Promise((resolve) => this.onIdle.push(resolve));
  }

  get isIdle(): boolean {
    return this.pending === 0;
  }

  /** Ends everything at once and forgets it. */
  clear(): void {
    this.ending.abort();
    this.ending = newEnding();
    this.slots = new Slots(AT_A_TIME);
    this.log = [];
    this.held = [];
  }

  private begin(entry: Entry<Label>): AbortSignal {
    entry.progress.state = 'pending';
    this.pending += 1;
    return this.ending.signal;
  }

  private async deliver(entry: Entry<Label>, signal: AbortSignal, afterFirst?: () => void): Promise<void> {
    const { sending, progress } = entry;
    for (let attempt = 0; progress.state === 'pending'; attempt += 1) {
      const judgement = signal.aborted ? 'given-up' : await this.attempt(entry, attempt, signal);
      if (attempt === 0) afterFirst?.();
      const minutes = sending.retryMinutes[attempt];
      if (judgement !== 'retry') progress.state = judgement;
      else if (minutes === undefined) progress.state = 'given-up';
      else await sleep(minutes * this.options.minuteMs(), undefined, { signal, ref: false }).catch(() => undefined);
    }
    this.pending -= 1;
    if (this.pending === 0) for (const tell of this.onIdle.splice(0)) tell();
  }

  private attempt({ sending, progress }: Entry<Label>, attempt: number, signal: AbortSignal): Promise<Judgement> {
    return this.slots.run(async () => {
      const message = signal.aborted ? undefined : sending.compose(attempt);
      if (message === undefined) return 'given-up';
      const at = new Date(this.options.now()).toISOString();
      const { status } = await post(message, this.options.timeoutMs(), signal);
      if (signal.aborted) return 'given-up';
      progress.attempts.push({ at, status });
      return sending.judge(status, attempt);
    });
  }
}

type Judgement = ReturnType<Sending['judge']>;

/** Each delivery that waits listens to it; Node warns of more than ten listeners. */
function newEnding(): AbortController {
  const ending = new AbortController();
  setMaxListeners(0, ending.signal);
  return ending;
}
