import { HttpModule, HttpService } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { Clock } from '../platform/clock/clock';
import type { Config } from '../platform/config/config';
import { CONFIG } from '../platform/config/config.token';
import { LOGGER, type Logger } from '../platform/logging/logger';
import { RemoteHttp } from '../platform/remote/remote-http';
import { CloudLinkApi } from './cloudlink-api';
import { CloudLinkClient } from './cloudlink.client';

@Module({
  imports: [HttpModule],
  providers: [
    {
      provide: CloudLinkApi,
      useFactory: (http: HttpService, clock: Clock, logger: Logger, config: Config) =>
        new CloudLinkClient(new RemoteHttp(http, clock, logger), config.cloudlink),
      inject: [HttpService, Clock, LOGGER, CONFIG],
    },
  ],
  exports: [CloudLinkApi],
})
export class CloudLinkModule {}
