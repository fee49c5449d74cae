/** The sandbox's time: the real one plus what a test has skipped, so that expiry needs no waiting. */
export class SandboxClock {
  private skippedMs = 0;

  constructor(private readonly realNow: () => number = Date.now) {}

  /** Milliseconds since 1970. */
  now(): number {
    return this.realNow() + this.skippedMs;
  }

  nowSeconds(): number {
    return Math.floor(this.now() / 1000);
  }

  advance(ms: number): void {
    this.skippedMs += ms;
  }

  reset(): void {
    this.skippedMs = 0;
  }
}
