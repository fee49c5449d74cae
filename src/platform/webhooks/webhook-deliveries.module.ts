import { Module } from '@nestjs/common';
import { Database } from '../database/database';
import { Queue } from '../queue/queue';
import { TaskRegistry } from '../queue/task-registry';
import { DeliveryInbox } from './delivery-inbox';
import { PurgeDeliveries } from './purge-deliveries';
import { WebhookDeliveries } from './webhook-deliveries';

/** What providers have told us, for those who take it in and those who work on it. */
@Module({
  providers: [
    { provide: WebhookDeliveries, useFactory: () => new WebhookDeliveries() },
    {
      provide: DeliveryInbox,
      useFactory: (database: Database, deliveries: WebhookDeliveries, queue: Queue) =>
        new DeliveryInbox(database, deliveries, queue),
      inject: [Database, WebhookDeliveries, Queue],
    },
    {
      provide: PurgeDeliveries,
      useFactory: (tasks: TaskRegistry, deliveries: WebhookDeliveries, database: Database) =>
        new PurgeDeliveries(tasks, deliveries, database),
      inject: [TaskRegistry, WebhookDeliveries, Database],
    },
  ],
  exports: [WebhookDeliveries, DeliveryInbox],
})
export class WebhookDeliveriesModule {}
