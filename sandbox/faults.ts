/** Everything that can be made to go wrong. */
export const FAULTS = [
  '401',
  '403',
  '404',
  '409',
  '422',
  '429',
  '500',
  '504',
  'html',
  'truncated-json',
  'slow',
  'reset',
  'lost-answer',
  'empty-list',
  'next-loop',
  'foreign-next',
  'expire-code',
  'no-refresh-token',
] as const;

export type FaultName = (typeof FAULTS)[number];

export interface Fault {
  /** Request kind: `zoom.token`, `zoom.users`, `zoom.user`, `zoom.permissions`, `zoom.phone_users`, `cloudlink.token`, `cloudlink.psi` … */
  kind: string;
  fault: FaultName;
  /** How often; for ever when absent. */
  times?: number;
  /** How many requests of this kind pass first. */
  after?: number;
  /** Form of Retry-After on 429; `seconds` when absent. */
  retryAfter?: 'seconds' | 'http-date' | 'iso-date' | 'none';
  /** How long 429 asks to wait; 1 when absent. */
  seconds?: number;
  /** How long `slow` waits; 1000 when absent. */
  ms?: number;
  /** HTTP status of `html`; 502 when absent. */
  status?: number;
  /** Where `next-loop` leads: to the page itself (default) or back to the first page. */
  to?: 'self' | 'first';
  /** Origin of `foreign-next`. */
  origin?: string;
}

interface Armed {
  id: number;
  fault: Fault;
  left: number;
  toSkip: number;
}

/** The switches. Faults of one kind are played in the order in which they were set. */
export class FaultBook {
  private armed: Armed[] = [];
  private lastId = 0;

  /** @returns the id of the fault */
  set(fault: Fault): number {
    this.lastId += 1;
    this.armed.push({
      id: this.lastId,
      fault,
      left: fault.times ?? Number.POSITIVE_INFINITY,
      toSkip: fault.after ?? 0,
    });
    return this.lastId;
  }

  /** The fault to play now, if any; counts it as played. Called once per request. */
  take(kinds: readonly string[]): Fault | undefined {
    let taken: Fault | undefined;
    for (const entry of this.armed) {
      if (!kinds.includes(entry.fault.kind)) continue;
      if (entry.toSkip > 0) entry.toSkip -= 1;
      else if (taken === undefined) {
        taken = entry.fault;
        entry.left -= 1;
      }
    }
    this.armed = this.armed.filter((entry) => entry.left > 0);
    return taken;
  }

  list(): Fault[] {
    return this.armed.map((entry) => entry.fault);
  }

  clear(kind?: string): void {
    this.armed = kind === undefined ? [] : this.armed.filter((entry) => entry.fault.kind !== kind);
  }
}
