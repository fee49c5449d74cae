/** One request as it may be shown: the path without its query, which holds codes and states. */
export interface LoggedRequest {
  at: string;
  method: string;
  path: string;
  kind: string;
  /** 0: the connection was cut before an answer. */
  status: number;
  fault?: string;
  /** Zoom's number of an OAuth error, which the answer does not tell. */
  zoomError?: number;
}

const KEPT = 500;

/** Counters per request kind and the last requests, for tests such as "eight callers, one refresh". */
export class RequestLog {
  private readonly counts = new Map<string, number>();
  private readonly recent: LoggedRequest[] = [];

  count(kinds: readonly string[]): void {
    for (const kind of kinds) this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
  }

  add(request: LoggedRequest): void {
    this.recent.push(request);
    if (this.recent.length > KEPT) this.recent.shift();
  }

  view(): { counts: Record<string, number>; recent: LoggedRequest[] } {
    return { counts: Object.fromEntries(this.counts), recent: [...this.recent] };
  }

  clear(): void {
    this.counts.clear();
    this.recent.length = 0;
  }
}
