import { Global, Module } from '@nestjs/common';
import { Clock } from '../platform/clock/clock';
import { Alerts } from './alerts';

/** Telling people. Global, because the connector raises alerts from below the modules that send them. */
@Global()
@Module({
  providers: [{ provide: Alerts, useFactory: (clock: Clock) => new Alerts(clock), inject: [Clock] }],
  exports: [Alerts],
})
export class AlertsModule {}
