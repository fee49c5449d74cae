import { Module } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock';
import type { Config } from '../../platform/config/config';
import { CONFIG } from '../../platform/config/config.token';
import { LOGGER, type Logger } from '../../platform/logging/logger';
import { DeliveryInbox } from '../../platform/webhooks/delivery-inbox';
import { WebhookDeliveriesModule } from '../../platform/webhooks/webhook-deliveries.module';
import { ZoomWebhookReceiver } from './zoom-webhook.receiver';
import { ZoomWebhooksController } from './zoom-webhooks.controller';

/** Takes in what Zoom tells. What follows from it is worked on in sync/events. */
@Module({
  imports: [WebhookDeliveriesModule],
  controllers: [ZoomWebhooksController],
  providers: [
    {
      provide: ZoomWebhookReceiver,
      useFactory: (config: Config, inbox: DeliveryInbox, clock: Clock, logger: Logger) =>
        new ZoomWebhookReceiver(config.zoom, inbox, clock, logger),
      inject: [CONFIG, DeliveryInbox, Clock, LOGGER],
    },
  ],
})
export class ZoomWebhooksModule {}
