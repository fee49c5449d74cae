import { Controller, Get, Header, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../../platform/http/api-problems';
import { MetricsAccessGuard } from './metrics-access.guard';
import { Metrics, METRICS_CONTENT_TYPE } from './metrics';

/** For Prometheus, and whatever reads its text format. */
@ApiTags('Operations')
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @UseGuards(MetricsAccessGuard)
  @Header('content-type', METRICS_CONTENT_TYPE)
  @Header('cache-control', 'no-store')
  @ApiBearerAuth()
  @ApiOperation({
    operationId: 'getMetrics',
    summary: 'Metrics of this process and of what the database holds',
    description:
      'With METRICS_TOKEN set, for whoever sends it; otherwise only for direct callers on the same machine, and 404 for all others.',
  })
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: 'The text format of Prometheus', schema: { type: 'string' } })
  @ApiProblems(401, 404)
  get(): Promise<string> {
    return this.metrics.text();
  }
}
