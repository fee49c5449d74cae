/** How a provider counts a call: Zoom's four labels; `token` and `api` are ours, for what nobody documents. */
export const RATE_CLASSES = ['light', 'medium', 'heavy', 'resource-intensive', 'token', 'api'] as const;
export type RateClass = (typeof RATE_CLASSES)[number];

/** Whom a call counts for. */
export interface CallTarget {
  provider: 'zoom' | 'cloudlink';
  /** The provider's account; undefined: not known yet, or the call is one of the app as a whole (its token endpoint). */
  account: string | undefined;
  rateClass: RateClass;
}

/** What came of a call: any answer below 500 is a sign of life, be it a refusal. */
export type CallOutcome = 'answered' | 'failed';

/** How often we call, and whether at all. The door to the providers asks before each call and tells what came of it. */
export abstract class CallLimits {
  /**
   * Waits for the call's turn, `longestWaitMs` at most.
   * @throws AppError `provider_unavailable` with retryAfterSeconds when its turn is further away or the provider is left
   *   alone; the reason of `signal` when that aborts
   */
  abstract enter(target: CallTarget, longestWaitMs: number, signal: AbortSignal): Promise<void>;

  abstract tell(target: CallTarget, outcome: CallOutcome): Promise<void>;

  /** 429: nobody calls this account's class for so long. */
  abstract close(target: CallTarget, ms: number): Promise<void>;
}

/** For a client that nobody else shares an account with: tests. */
export class NoLimits extends CallLimits {
  override async enter(): Promise<void> {}
  override async tell(): Promise<void> {}
  override async close(): Promise<void> {}
}
