import type { OnModuleInit } from '@nestjs/common';
import type { Queryable } from '../database/database';
import type { TaskRegistry } from '../queue/task-registry';
import type { WebhookDeliveries } from './webhook-deliveries';

/**
 * Zoom's own log goes back as far. Less than a day must never be: a delivery that comes again within 85 minutes, or is
 * sent again by whoever has recorded it, must find that it was here before.
 */
const KEPT_DAYS = 7;
/** A sweep a minute keeps up with 80 deliveries a second. */
const SWEEP = 5_000;

/** Forgets old deliveries, a piece every minute. */
export class PurgeDeliveries implements OnModuleInit {
  constructor(
    private readonly tasks: TaskRegistry,
    private readonly deliveries: WebhookDeliveries,
    private readonly database: Queryable,
  ) {}

  onModuleInit(): void {
    this.tasks.registerEveryMinute('purge-webhook-deliveries', () => this.purge());
  }

  async purge(): Promise<void> {
    await this.deliveries.purge(KEPT_DAYS, SWEEP, this.database);
  }
}
