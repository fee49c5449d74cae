import { Module } from '@nestjs/common';
import { ConnectorCiphers } from '../../platform/crypto/connector-cipher';
import { Database } from '../../platform/database/database';
import { LOGGER, type Logger } from '../../platform/logging/logger';
import { DeliveryInbox } from '../../platform/webhooks/delivery-inbox';
import { WebhookDeliveriesModule } from '../../platform/webhooks/webhook-deliveries.module';
import { CloudLinkWebhookReceiver } from './cloudlink-webhook.receiver';
import { CloudLinkWebhooksController } from './cloudlink-webhooks.controller';
import { WebhookOwnerRepository } from './webhook-owner.repository';

/** Takes in what CloudLink tells. What follows from it is worked on in sync/events. */
@Module({
  imports: [WebhookDeliveriesModule],
  controllers: [CloudLinkWebhooksController],
  providers: [
    {
      provide: CloudLinkWebhookReceiver,
      useFactory: (database: Database, ciphers: ConnectorCiphers, inbox: DeliveryInbox, logger: Logger) =>
        new CloudLinkWebhookReceiver(database, new WebhookOwnerRepository(), ciphers, inbox, logger),
      inject: [Database, ConnectorCiphers, DeliveryInbox, LOGGER],
    },
  ],
})
export class CloudLinkWebhooksModule {}
