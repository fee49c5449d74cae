import type { BeforeApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Logger } from '../platform/logging/logger';
import type { RunBell } from './run-bell';
import type { SyncRunRepository } from './sync-run.repository';

const TICK_MS = 2_000;

/**
 * Enqueues the runs that are due. When a connector is due stands in its row, so any number of processes may tick: one
 * of them finds it, and a process that was down has nothing to catch up but what is due now.
 */
export class SyncScheduler implements BeforeApplicationShutdown {
  private stopped = false;
  private ticking: Promise<void> | undefined;

  constructor(
    private readonly runs: SyncRunRepository,
    private readonly bell: RunBell,
    private readonly intervalSeconds: number,
    private readonly logger: Logger,
    private readonly fullIntervalSeconds: number = intervalSeconds,
  ) {}

  @Interval(TICK_MS)
  async tick(): Promise<void> {
    if (this.stopped || this.ticking !== undefined) return;
    this.ticking = this.enqueueDue();
    await this.ticking;
    this.ticking = undefined;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.ticking;
  }

  private async enqueueDue(): Promise<void> {
    try {
      const due = await this.runs.enqueueDue(this.intervalSeconds, this.fullIntervalSeconds);
      if (due.length === 0) return;
      this.logger.debug({ connectors: due.length }, 'sync runs enqueued by schedule');
      this.bell.ring();
    } catch (error) {
      this.logger.warn(
        { reason: error instanceof Error ? error.message : String(error) },
        'the sync schedule could not be read',
      );
    }
  }
}
