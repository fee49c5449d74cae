import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, RequireScopes } from '../../access/access.decorators';
import type { Principal } from '../../access/principal';
import { ApiProblems } from '../../platform/http/api-problems';
import { ConnectorOverviewDto } from './connector-overview.dto';
import { ConnectorOverviewService } from './connector-overview.service';

@ApiTags('Connector')
@ApiParam({ name: 'connectorId', type: 'string', format: 'uuid' })
@Controller('v1/connectors/:connectorId')
export class ConnectorOverviewController {
  constructor(private readonly overview: ConnectorOverviewService) {}

  @Get()
  @RequireScopes('status:read')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    operationId: 'getConnector',
    summary: 'State, both sides, users per status, last sync',
    description:
      'While the state is `reauthorization_required` users keep what was read last; `reasons` says what an admin has to do.',
  })
  @ApiOkResponse({ type: ConnectorOverviewDto })
  @ApiProblems(400, 401, 403, 404)
  get(@Caller() { connectorId, scopes }: Principal): Promise<ConnectorOverviewDto> {
    return this.overview.get(connectorId, { mayManage: scopes.has('connector:manage') });
  }
}
