import { Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { ReauthorizeLinks } from '../oauth/reauthorize-links';
import { Clock } from '../platform/clock/clock';
import { type Config } from '../platform/config/config';
import { CONFIG } from '../platform/config/config.token';
import { ConnectorCiphers } from '../platform/crypto/connector-cipher';
import { Database } from '../platform/database/database';
import { LOGGER, type Logger } from '../platform/logging/logger';
import { TaskRegistry } from '../platform/queue/task-registry';
import { DELIVER_ALERT, LOG_ALERT } from './alert-jobs';
import { AlertsModule } from './alerts.module';
import { connectorReach } from './connector-reach';
import { DeliverAlert } from './delivery/deliver-alert';
import { DeliveryRepository } from './delivery/delivery.repository';
import { EmailChannel } from './delivery/email.channel';
import { WebhookChannel } from './delivery/webhook.channel';
import { logAlert } from './log-alert';
import { REMOVE_OLD_ALERTS, removeOldAlerts } from './remove-old-alerts';

/** Sends alerts. The root module brings QueueWorkerModule and who makes ReauthorizeLinks; the CLI leaves it out. */
@Module({
  imports: [AlertsModule],
  providers: [
    {
      provide: EmailChannel,
      useFactory: (config: Config) => new EmailChannel(config.alerts, config.defaultLanguage),
      inject: [CONFIG],
    },
    {
      provide: WebhookChannel,
      useFactory: (database: Database, ciphers: ConnectorCiphers, clock: Clock, config: Config) =>
        new WebhookChannel(database, ciphers, clock, {
          operator: config.alerts.webhook,
          connectorReach: connectorReach(config),
        }),
      inject: [Database, ConnectorCiphers, Clock, CONFIG],
    },
    {
      provide: DeliverAlert,
      useFactory: (
        deliveries: DeliveryRepository,
        webhook: WebhookChannel,
        email: EmailChannel,
        links: ReauthorizeLinks,
        clock: Clock,
        logger: Logger,
      ): DeliverAlert => new DeliverAlert(deliveries, { webhook, email }, links, clock, logger),
      inject: [DeliveryRepository, WebhookChannel, EmailChannel, ReauthorizeLinks, Clock, LOGGER],
    },
  ],
})
export class AlertsWorkerModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(TaskRegistry) private readonly tasks: TaskRegistry,
    @Inject(DeliverAlert) private readonly deliver: DeliverAlert,
    @Inject(DeliveryRepository) private readonly deliveries: DeliveryRepository,
    @Inject(EmailChannel) private readonly email: EmailChannel,
    @Inject(Database) private readonly database: Database,
    @Inject(ReauthorizeLinks) private readonly links: ReauthorizeLinks,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.tasks.register(LOG_ALERT, logAlert(this.database, this.links, this.logger));
    this.tasks.register(DELIVER_ALERT, (payload, job) => this.deliver.run(payload, job));
    this.tasks.registerEveryMinute(REMOVE_OLD_ALERTS, removeOldAlerts(this.deliveries, this.clock));
  }

  onApplicationShutdown(): void {
    this.email.close();
  }
}
