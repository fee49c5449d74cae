import { HttpModule, HttpService } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { Clock } from '../platform/clock/clock';
import type { Config } from '../platform/config/config';
import { CONFIG } from '../platform/config/config.token';
import { LOGGER, type Logger } from '../platform/logging/logger';
import { CallLimits } from '../platform/remote/call-limits';
import { RemoteHttp } from '../platform/remote/remote-http';
import { CloudLinkApi } from './cloudlink-api';
import { CloudLinkClient } from './cloudlink.client';
import { ServiceClientsClient } from './service-clients.client';
import { SubscriptionsClient } from './subscriptions.client';

const REMOTE = Symbol('remote');

@Module({
  imports: [HttpModule],
  providers: [
    {
      provide: REMOTE,
      useFactory: (http: HttpService, clock: Clock, logger: Logger, limits: CallLimits) =>
        new RemoteHttp(http, clock, logger, {}, limits),
      inject: [HttpService, Clock, LOGGER, CallLimits],
    },
    {
      provide: CloudLinkApi,
      useFactory: (remote: RemoteHttp, config: Config) => new CloudLinkClient(remote, config.cloudlink),
      inject: [REMOTE, CONFIG],
    },
    {
      provide: ServiceClientsClient,
      useFactory: (remote: RemoteHttp, config: Config) => new ServiceClientsClient(remote, config.cloudlink.adminUrl),
      inject: [REMOTE, CONFIG],
    },
    {
      provide: SubscriptionsClient,
      useFactory: (remote: RemoteHttp, config: Config) =>
        new SubscriptionsClient(remote, config.cloudlink.notificationsUrl),
      inject: [REMOTE, CONFIG],
    },
  ],
  exports: [CloudLinkApi, ServiceClientsClient, SubscriptionsClient],
})
export class CloudLinkModule {}
