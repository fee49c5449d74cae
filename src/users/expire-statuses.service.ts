import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../platform/clock/clock';
import { LOGGER, type Logger } from '../platform/logging/logger';
import { DueStatuses } from './due-statuses.service';
import { reasonOf } from '../platform/errors/reason-of';

const TICK_MS = 30_000;

/**
 * Writes down expired statuses of all connectors. Any number of processes may do it at once: each takes the rows that
 * the others do not hold. Reads do not wait for it (see present-status.ts); counts per status do.
 */
@Injectable()
export class ExpireStatusesService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stop = new AbortController();
  private running: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly due: DueStatuses,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    // Alone it is no reason to keep the process alive.
    this.timer = setInterval(() => void this.tick(), TICK_MS).unref();
  }

  /** One pass; none begins while one runs or after the shutdown began. Never rejects: the next pass tries again. */
  async tick(): Promise<void> {
    if (this.stop.signal.aborted || this.running !== undefined) return;
    this.running = this.settle();
    await this.running;
    this.running = undefined;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    clearInterval(this.timer);
    await this.running;
  }

  private async settle(): Promise<void> {
    try {
      const count = await this.due.settle(this.clock.now(), { signal: this.stop.signal });
      if (count > 0) this.logger.debug({ count }, 'statuses expired');
    } catch (error) {
      const reason = reasonOf(error);
      this.logger.warn({ reason }, 'expired statuses could not be written');
    }
  }
}
