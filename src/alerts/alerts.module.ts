import { Global, Module } from '@nestjs/common';
import { AuditLog } from '../platform/audit/audit-log';
import { Clock } from '../platform/clock/clock';
import { type Config } from '../platform/config/config';
import { CONFIG } from '../platform/config/config.token';
import { ConnectorCiphers } from '../platform/crypto/connector-cipher';
import { Database } from '../platform/database/database';
import { Queue } from '../platform/queue/queue';
import { Alerts } from './alerts';
import { connectorReach } from './connector-reach';
import { DeliveryRepository } from './delivery/delivery.repository';
import { AlertHistory } from './history/alert-history';
import { AlertsController } from './history/alerts.controller';
import { AlertSettings } from './settings/alert-settings';
import { AlertSettingsController } from './settings/alert-settings.controller';
import { AlertWebhooks } from './settings/alert-webhooks';
import { AlertWebhooksController } from './settings/alert-webhooks.controller';

/**
 * Telling people: what to tell, whom, and what came of it; AlertsWorkerModule does the sending. Global, because the
 * connector raises alerts. The root module brings AccessModule.
 */
@Global()
@Module({
  controllers: [AlertsController, AlertSettingsController, AlertWebhooksController],
  providers: [
    {
      provide: Alerts,
      useFactory: (clock: Clock, queue: Queue, config: Config) => new Alerts(clock, queue, config.alerts),
      inject: [Clock, Queue, CONFIG],
    },
    {
      provide: DeliveryRepository,
      useFactory: (database: Database) => new DeliveryRepository(database),
      inject: [Database],
    },
    {
      provide: AlertHistory,
      useFactory: (
        database: Database,
        deliveries: DeliveryRepository,
        queue: Queue,
        audit: AuditLog,
        clock: Clock,
      ): AlertHistory => new AlertHistory(database, deliveries, queue, audit, clock),
      inject: [Database, DeliveryRepository, Queue, AuditLog, Clock],
    },
    {
      provide: AlertSettings,
      useFactory: (database: Database, audit: AuditLog, config: Config) => new AlertSettings(database, audit, config),
      inject: [Database, AuditLog, CONFIG],
    },
    {
      provide: AlertWebhooks,
      useFactory: (
        database: Database,
        ciphers: ConnectorCiphers,
        audit: AuditLog,
        clock: Clock,
        config: Config,
      ): AlertWebhooks => new AlertWebhooks(database, ciphers, audit, clock, connectorReach(config)),
      inject: [Database, ConnectorCiphers, AuditLog, Clock, CONFIG],
    },
  ],
  exports: [Alerts, DeliveryRepository],
})
export class AlertsModule {}
