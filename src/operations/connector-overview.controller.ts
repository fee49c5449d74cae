import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { RequireScopes } from '../access/access.decorators';
import { ApiProblems } from '../platform/http/api-problems';
import { ConnectorOverviewDto } from './connector-overview.dto';
import { ConnectorOverviewService } from './connector-overview.service';

@ApiTags('Connector')
@ApiParam({ name: 'connectorId', type: 'string', format: 'uuid' })
@Controller('v1/connectors/:connectorId')
export class ConnectorOverviewController {
  constructor(private readonly overview: ConnectorOverviewService) {}

  @Get()
  @RequireScopes('status:read')
  @ApiOperation({ operationId: 'getConnector', summary: 'State, both sides, users per status, last sync' })
  @ApiOkResponse({ type: ConnectorOverviewDto })
  @ApiProblems(400, 401, 403, 404)
  get(@Param('connectorId') connectorId: string): Promise<ConnectorOverviewDto> {
    return this.overview.get(connectorId);
  }
}
