import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from '../platform/logging/logger';
import type { RunBell } from './run-bell';
import type { RunExecutor } from './run-executor';
import { LEASE_SECONDS } from './run-lease';
import type { HeldRun } from './sync-run';
import type { SyncRunRepository } from './sync-run.repository';

export interface WorkerOptions {
  /** Runs at once in this process; one connector never has two (default 4). */
  slots?: number;
  /** How often to look for runs that others have enqueued (default 1 s: an index-only look at the few open runs). */
  pollMs?: number;
  leaseSeconds?: number;
}

/**
 * Works on sync runs, beside any number of workers in other processes. What happens to a run on
 *   a throw: it waits and is tried again, or fails; see next-attempt.ts;
 *   SIGTERM: the page in hand is stored, the run is let go and goes on elsewhere or after the restart at once;
 *   SIGKILL, power cut: another worker, or this one after its restart, goes on from the checkpoint when the lease has ended.
 */
export class SyncWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly owner = `${hostname()}/${process.pid}/${randomUUID()}`;
  private readonly stopping = new AbortController();
  private readonly running = new Set<Promise<void>>();
  private readonly slots: number;
  private readonly pollMs: number;
  private readonly leaseSeconds: number;
  private loop: Promise<void> | undefined;
  /** Set when something may be there to claim; a ring between two looks is not missed. */
  private rung = false;
  private wakeUp: (() => void) | undefined;
  private unlisten: (() => void) | undefined;

  constructor(
    private readonly runs: SyncRunRepository,
    private readonly executor: RunExecutor,
    private readonly bell: RunBell,
    private readonly logger: Logger,
    options: WorkerOptions = {},
  ) {
    this.slots = options.slots ?? 4;
    this.pollMs = options.pollMs ?? 1000;
    this.leaseSeconds = options.leaseSeconds ?? LEASE_SECONDS;
  }

  onApplicationBootstrap(): void {
    this.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  start(): void {
    this.unlisten = this.bell.listen(() => this.wake());
    this.loop ??= this.work();
  }

  /** Resolves when every run is let go. */
  async stop(): Promise<void> {
    this.unlisten?.();
    this.stopping.abort(new Error('the worker is shutting down'));
    this.wake();
    await this.loop;
    await Promise.all(this.running);
  }

  private async work(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.rung = false;
      const run = this.running.size < this.slots ? await this.claim() : undefined;
      if (run === undefined) await this.idle();
      else this.launch(run);
    }
  }

  private async claim(): Promise<HeldRun | undefined> {
    try {
      return await this.runs.claim(this.owner, this.leaseSeconds);
    } catch (error) {
      this.logger.warn(
        { reason: error instanceof Error ? error.message : String(error) },
        'no sync run could be claimed',
      );
      // Not even when it was rung for: the database needs the pause.
      this.rung = false;
      return undefined;
    }
  }

  private launch(run: HeldRun): void {
    const work = this.executor.execute(run, this.stopping.signal).finally(() => {
      this.running.delete(work);
      this.wake();
    });
    this.running.add(work);
  }

  private idle(): Promise<void> {
    if (this.rung || this.stopping.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.pollMs);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private wake(): void {
    this.rung = true;
    this.wakeUp?.();
  }
}
