import { LeaseLost } from './run-failure';
import type { RunKey } from './sync-run';
import type { SyncRunRepository } from './sync-run.repository';

/**
 * 15 s: so long does a run stand still after its worker was killed. A timer renews it three times in that time, also
 * while a slow provider is waited for; a page being stored holds the row itself, which no other worker can take.
 * (A session advisory lock would notice a death sooner, but does not survive a pooler in transaction mode.)
 */
export const LEASE_SECONDS = 15;

/** Keeps a run in this worker's hands until `end`. `signal` aborts when the worker stops or the run was taken over. */
export class RunLease {
  readonly signal: AbortSignal;
  private readonly lost = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private renewing = false;

  constructor(
    private readonly runs: SyncRunRepository,
    private readonly key: RunKey,
    private readonly seconds: number,
    stop: AbortSignal,
  ) {
    this.signal = AbortSignal.any([stop, this.lost.signal]);
    this.timer = setInterval(() => void this.renew(), (seconds * 1000) / 3);
    this.timer.unref();
  }

  get isLost(): boolean {
    return this.lost.signal.aborted;
  }

  end(): void {
    clearInterval(this.timer);
  }

  private async renew(): Promise<void> {
    if (this.renewing) return;
    this.renewing = true;
    try {
      if (!(await this.runs.renew(this.key, this.seconds))) this.lost.abort(new LeaseLost());
    } catch {
      // The database is away: either it comes back in time, or the next page finds the run taken over.
    } finally {
      this.renewing = false;
    }
  }
}
