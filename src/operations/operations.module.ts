import { Module } from '@nestjs/common';
import { ConnectorModule } from '../connector/connector.module';
import { AccessModule } from '../access/access.module';
import { UsersModule } from '../users/users.module';
import { ConnectorOverviewController } from './connector-overview.controller';
import { ConnectorOverviewService } from './connector-overview.service';
import { HealthController } from './health.controller';

@Module({
  imports: [AccessModule, ConnectorModule, UsersModule],
  controllers: [HealthController, ConnectorOverviewController],
  providers: [ConnectorOverviewService],
})
export class OperationsModule {}
