import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { Clock } from '../../platform/clock/clock';
import { Database } from '../../platform/database/database';
import { LOGGER, type Logger } from '../../platform/logging/logger';
import { DatabaseGauges } from './database-gauges';
import { Metrics } from './metrics';
import { MetricsAccessGuard } from './metrics-access.guard';
import { MetricsController } from './metrics.controller';
import { ownVersion } from './own-version';

@Module({
  controllers: [MetricsController],
  providers: [
    MetricsAccessGuard,
    {
      provide: Metrics,
      useFactory: (database: Database, clock: Clock, logger: Logger) =>
        new Metrics(new DatabaseGauges(database, clock, logger), ownVersion()),
      inject: [Database, Clock, LOGGER],
    },
  ],
})
export class MetricsModule implements OnModuleInit {
  constructor(
    private readonly http: HttpAdapterHost,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.metrics.requests.observe(this.http.httpAdapter.getInstance<FastifyInstance>());
  }
}
