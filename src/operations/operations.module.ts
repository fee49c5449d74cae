import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { ConnectorModule } from '../connector/connector.module';
import { AuditTrail } from '../platform/audit/audit-trail';
import { Database } from '../platform/database/database';
import { UsersModule } from '../users/users.module';
import { ActorNames } from './audit/actor-names';
import { AuditController } from './audit/audit.controller';
import { HealthController } from './health/health.controller';
import { MetricsModule } from './metrics/metrics.module';
import { ConnectorOverviewController } from './overview/connector-overview.controller';
import { ConnectorOverviewRepository } from './overview/connector-overview.repository';
import { ConnectorOverviewService } from './overview/connector-overview.service';
import { PreflightModule } from './preflight/preflight.module';
import { SettingsModule } from './settings/settings.module';

@Module({
  imports: [AccessModule, ConnectorModule, UsersModule, MetricsModule, PreflightModule, SettingsModule],
  controllers: [HealthController, ConnectorOverviewController, AuditController],
  providers: [
    ConnectorOverviewService,
    ConnectorOverviewRepository,
    { provide: ActorNames, useFactory: (database: Database) => new ActorNames(database), inject: [Database] },
    { provide: AuditTrail, useFactory: (database: Database) => new AuditTrail(database), inject: [Database] },
  ],
})
export class OperationsModule {}
