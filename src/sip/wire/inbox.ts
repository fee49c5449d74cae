import { performance } from 'node:perf_hooks';
import type { SipMessage } from '../message/sip-message';
import type { Exchange, ExchangeLimits } from './sip-wire';

type Ending = Exclude<Exchange, { kind: 'answer' }>;

/** Where one request waits for its answer, for as long as its limit says. What nobody waits for is dropped. */
export class Inbox {
  private waiting: { accepts: (message: SipMessage) => boolean; settle: (outcome: Exchange) => void } | undefined;
  private ended: Ending | undefined;
  private since = 0;

  put(message: SipMessage): void {
    if (message.kind !== 'response' || this.waiting?.accepts(message) !== true) return;
    this.waiting.settle({ kind: 'answer', response: message, ms: performance.now() - this.since });
  }

  /** Nothing will come any more. The first word counts: an error is followed by a close. */
  end(how: Ending): void {
    this.ended ??= how;
    this.waiting?.settle(this.ended);
  }

  /** @throws the reason of `signal` */
  wait(accepts: (message: SipMessage) => boolean, { timeoutMs, signal }: ExchangeLimits): Promise<Exchange> {
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    if (this.ended !== undefined) return Promise.resolve(this.ended);
    this.since = performance.now();
    return new Promise((resolve, reject) => {
      const finish = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        this.waiting = undefined;
      };
      const onAbort = (): void => {
        finish();
        reject(signal.reason as Error);
      };
      const settle = (outcome: Exchange): void => {
        finish();
        resolve(outcome);
      };
      const timer = setTimeout(() => settle({ kind: 'silent' }), timeoutMs);
      signal.addEventListener('abort', onAbort);
      this.waiting = { accepts, settle };
    });
  }
}
