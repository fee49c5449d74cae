import { HttpModule, HttpService } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { Clock } from '../platform/clock/clock';
import type { Config } from '../platform/config/config';
import { CONFIG } from '../platform/config/config.token';
import { LOGGER, type Logger } from '../platform/logging/logger';
import { CallLimits } from '../platform/remote/call-limits';
import { RemoteHttp } from '../platform/remote/remote-http';
import { ZoomAccountClient } from './zoom-account.client';
import { ZoomApi } from './zoom-api';
import { ZoomClient } from './zoom.client';
import { ZoomPhoneApi } from './zoom-phone-api';
import { ZoomPhoneClient } from './zoom-phone.client';
import { ZoomPushClient } from './zoom-push.client';

@Module({
  imports: [HttpModule],
  providers: [
    {
      provide: ZoomApi,
      useFactory: (http: HttpService, clock: Clock, logger: Logger, limits: CallLimits, config: Config) =>
        new ZoomClient(new RemoteHttp(http, clock, logger, {}, limits), config.zoom.apiUrl),
      inject: [HttpService, Clock, LOGGER, CallLimits, CONFIG],
    },
    {
      provide: ZoomPhoneApi,
      useFactory: (http: HttpService, clock: Clock, logger: Logger, limits: CallLimits, config: Config) =>
        new ZoomPhoneClient(new RemoteHttp(http, clock, logger, {}, limits), config.zoom.apiUrl),
      inject: [HttpService, Clock, LOGGER, CallLimits, CONFIG],
    },
    {
      provide: ZoomAccountClient,
      useFactory: (http: HttpService, clock: Clock, logger: Logger, limits: CallLimits, config: Config) =>
        new ZoomAccountClient(new RemoteHttp(http, clock, logger, {}, limits), config.zoom.apiUrl),
      inject: [HttpService, Clock, LOGGER, CallLimits, CONFIG],
    },
    {
      provide: ZoomPushClient,
      useFactory: (http: HttpService, clock: Clock, logger: Logger, limits: CallLimits, config: Config) =>
        new ZoomPushClient(new RemoteHttp(http, clock, logger, {}, limits), config.zoom.apiUrl),
      inject: [HttpService, Clock, LOGGER, CallLimits, CONFIG],
    },
  ],
  exports: [ZoomAccountClient, ZoomApi, ZoomPhoneApi, ZoomPushClient],
})
export class ZoomModule {}
