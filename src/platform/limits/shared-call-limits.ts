import type { Database } from '../database/database';
import { AppError } from '../errors/app-error';
import type { Logger } from '../logging/logger';
import { CallLimits, type CallOutcome, type CallTarget } from '../remote/call-limits';
import { providerName } from '../remote/provider-name';
import { BreakerRepository, type BreakerChange } from './breaker.repository';
import type { BreakerEvent } from './next-breaker';
import { rateBudget, type RateSettings } from './rate-budget';
import { SlotQueue, TooLong } from './slot-queue';
import { SlotRepository } from './slot.repository';

/** Zoom's longest limit is a day; a header that says more is a mistake that must not silence an account for years. */
const LONGEST_CLOSURE_MS = 25 * 3_600_000;
const SWEEP_EVERY_MS = 86_400_000;
/** Queues that nobody uses are dropped above this many. */
const MANY_QUEUES = 1_000;

/**
 * Limits that all processes on one database share: slots for calls, 429 and the breaker of each account.
 * Needs a pool of its own: a renewal of tokens holds a connection while it calls, and twelve of them would wait for a thirteenth.
 */
export class SharedCallLimits extends CallLimits {
  private readonly slots: SlotRepository;
  private readonly breakers: BreakerRepository;
  private readonly queues = new Map<string, SlotQueue>();
  /** Accounts whose breaker has a row, as far as this process knows: an answer must be told. */
  private readonly troubled = new Set<string>();
  private sweptAt = 0;

  constructor(
    private readonly database: Database,
    private readonly settings: RateSettings,
    private readonly logger: Logger,
  ) {
    super();
    this.slots = new SlotRepository(database);
    this.breakers = new BreakerRepository(database);
  }

  override async enter(target: CallTarget, longestWaitMs: number, signal: AbortSignal): Promise<void> {
    this.sweep();
    try {
      await this.queueOf(target).enter(longestWaitMs, signal, () => this.askBreaker(target));
    } catch (error) {
      if (!(error instanceof TooLong)) throw error;
      const why = error.isDayOver ? 'has had today’s share of calls' : 'is to be called later';
      throw this.refuse(target, why, error.waitMs);
    }
  }

  override async tell(target: CallTarget, outcome: CallOutcome): Promise<void> {
    // The token endpoint serves all accounts: one account's broken grant must not keep the others from renewing.
    if (target.account === undefined) return;
    const key = accountKey(target);
    if (outcome === 'answered' && !this.troubled.has(key)) return;
    await this.move(target, outcome);
  }

  override async close(target: CallTarget, ms: number): Promise<void> {
    const forMs = Math.min(ms, LONGEST_CLOSURE_MS);
    this.queueOf(target).dropSlots();
    await this.slots.close(target, forMs);
    const { provider, account, rateClass } = target;
    this.logger.info({ provider, account, rateClass, ms: Math.round(forMs) }, 'provider asks us to slow down');
  }

  shutDown(): Promise<void> {
    return this.database.close();
  }

  private async askBreaker(target: CallTarget): Promise<void> {
    if (target.account === undefined) return;
    const { waitMs } = await this.move(target, 'ask');
    if (waitMs === undefined) return;
    this.queueOf(target).dropSlots();
    throw this.refuse(target, 'did not answer of late and is left alone for a while', waitMs);
  }

  private async move(target: CallTarget, event: BreakerEvent): Promise<BreakerChange> {
    const change = await this.breakers.move(target, event);
    const { before, after } = change;
    if (after.state === 'closed' && after.failures === 0) this.troubled.delete(accountKey(target));
    else this.troubled.add(accountKey(target));
    // What was leased in good times is not for bad ones: the next call asks first.
    if (event === 'failed') for (const queue of this.queuesOf(target)) queue.dropSlots();
    const { provider, account } = target;
    if (after.state === 'open' && before.state === 'closed')
      this.logger.warn({ provider, account }, 'provider does not answer, calls are held back');
    if (after.state === 'closed' && before.state !== 'closed')
      this.logger.info({ provider, account }, 'provider answers again');
    return change;
  }

  private refuse(target: CallTarget, why: string, waitMs: number): AppError {
    return new AppError('provider_unavailable', `${providerName(target)} ${why}.`, {
      retryable: true,
      detail: `account ${target.account ?? 'none'}, ${target.rateClass} calls`,
      retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
    });
  }

  private queueOf(target: CallTarget): SlotQueue {
    const key = `${accountKey(target)} ${target.rateClass}`;
    let queue = this.queues.get(key);
    if (queue === undefined) {
      if (this.queues.size >= MANY_QUEUES) {
        for (const [name, other] of this.queues) if (other.isIdle) this.queues.delete(name);
      }
      queue = new SlotQueue(this.slots, target, rateBudget(target, this.settings));
      this.queues.set(key, queue);
    }
    return queue;
  }

  private queuesOf(target: CallTarget): SlotQueue[] {
    const start = `${accountKey(target)} `;
    return [...this.queues].filter(([key]) => key.startsWith(start)).map(([, queue]) => queue);
  }

  private sweep(): void {
    const now = performance.now();
    if (this.sweptAt !== 0 && now - this.sweptAt < SWEEP_EVERY_MS) return;
    this.sweptAt = now;
    this.slots.forgetOld().catch((error: unknown) => {
      this.logger.warn({ reason: String(error) }, 'old rate limits were not removed');
    });
  }
}

const accountKey = ({ provider, account }: CallTarget): string => `${provider} ${account ?? ''}`;
