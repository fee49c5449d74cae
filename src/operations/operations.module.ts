import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { ConnectorModule } from '../connector/connector.module';
import { ReauthorizeLinks } from '../oauth/reauthorize-links';
import { AuditTrail } from '../platform/audit/audit-trail';
import { CONFIG } from '../platform/config/config.token';
import type { Config } from '../platform/config/config';
import { Database } from '../platform/database/database';
import { UsersModule } from '../users/users.module';
import { AuditController } from './audit/audit.controller';
import { HealthController } from './health/health.controller';
import { MetricsModule } from './metrics/metrics.module';
import { ConnectorOverviewController } from './overview/connector-overview.controller';
import { ConnectorOverviewRepository } from './overview/connector-overview.repository';
import { ConnectorOverviewService } from './overview/connector-overview.service';

@Module({
  imports: [AccessModule, ConnectorModule, UsersModule, MetricsModule],
  controllers: [HealthController, ConnectorOverviewController, AuditController],
  providers: [
    ConnectorOverviewService,
    ConnectorOverviewRepository,
    { provide: AuditTrail, useFactory: (database: Database) => new AuditTrail(database), inject: [Database] },
    // TEMPORARY, TO BE REMOVED: the oauth layer provides ReauthorizeLinks globally as soon as it makes signed links.
    {
      provide: ReauthorizeLinks,
      useFactory: (config: Config): ReauthorizeLinks => ({
        linkFor: (_connectorId, provider) => ({
          url: `${config.publicUrl}/oauth/${provider}/start`,
          expiresAt: new Date(Date.now() + 3_600_000),
        }),
      }),
      inject: [CONFIG],
    },
  ],
})
export class OperationsModule {}
