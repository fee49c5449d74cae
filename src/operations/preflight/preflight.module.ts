import { Module } from '@nestjs/common';
import { CloudLinkModule } from '../../cloudlink/cloudlink.module';
import { ConnectorModule } from '../../connector/connector.module';
import { OAuthModule } from '../../oauth/oauth.module';
import { TargetsModule } from '../../targets/targets.module';
import { ZoomModule } from '../../zoom/zoom.module';
import { PreflightController } from './preflight.controller';
import { PreflightFactsReader } from './preflight-facts.reader';
import { PreflightRepository } from './preflight.repository';
import { PreflightService } from './preflight.service';
import { TargetReach } from './target-reach';

/** The look at everything that a customer has to set up. */
@Module({
  imports: [ConnectorModule, OAuthModule, ZoomModule, CloudLinkModule, TargetsModule],
  controllers: [PreflightController],
  providers: [PreflightFactsReader, PreflightRepository, PreflightService, TargetReach],
  exports: [PreflightService],
})
export class PreflightModule {}
