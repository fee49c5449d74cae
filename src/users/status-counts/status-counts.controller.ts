import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, RequireScopes } from '../../access/access.decorators';
import type { Principal } from '../../access/principal';
import { ApiProblems } from '../../platform/http/api-problems';
import { STATUS_COUNTS_KEPT_DAYS } from './sample-statuses';
import { StatusCountsHistoryDto, StatusCountsQuery } from './status-counts.dto';
import { StatusCountsService } from './status-counts.service';

@ApiTags('Connector')
@ApiParam({ name: 'connectorId', type: 'string', format: 'uuid', description: 'The connector of the access token' })
@Controller('v1/connectors/:connectorId/status-counts')
export class StatusCountsController {
  constructor(private readonly counts: StatusCountsService) {}

  @Get()
  @RequireScopes('status:read')
  @ApiOperation({
    operationId: 'listStatusCounts',
    summary: 'How many users had which status over time',
    description: `Sampled every five minutes, kept for ${STATUS_COUNTS_KEPT_DAYS} days. Removed users do not count.`,
  })
  @ApiOkResponse({ type: StatusCountsHistoryDto })
  @ApiProblems(400, 401, 403, 404)
  list(@Caller() { connectorId }: Principal, @Query() { hours }: StatusCountsQuery): Promise<StatusCountsHistoryDto> {
    return this.counts.history(connectorId, hours);
  }
}
