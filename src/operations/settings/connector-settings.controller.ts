import { Body, Controller, Get, Patch, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { actorOf } from '../../access/actor-of';
import { Caller, RequireScopes } from '../../access/access.decorators';
import type { Principal } from '../../access/principal';
import { ApiProblems } from '../../platform/http/api-problems';
import { ChangeSettingsDto, SettingsDto } from './connector-settings.dto';
import { ConnectorSettingsService } from './connector-settings.service';

@ApiTags('Connector')
@ApiParam({ name: 'connectorId', type: 'string', format: 'uuid', description: 'The connector of the access token' })
@RequireScopes('connector:manage')
@Controller('v1/connectors/:connectorId/settings')
export class ConnectorSettingsController {
  constructor(private readonly settings: ConnectorSettingsService) {}

  @Get()
  @ApiOperation({ operationId: 'getSettings', summary: 'The settings of the connector, and what null stands for' })
  @ApiOkResponse({ type: SettingsDto })
  @ApiProblems(401, 403, 404)
  get(@Caller() { connectorId }: Principal): Promise<SettingsDto> {
    return this.settings.get(connectorId);
  }

  @Patch()
  @ApiOperation({
    operationId: 'changeSettings',
    summary: 'Change settings of the connector',
    description: 'What is absent stays as it is. The audit keeps what was changed, from what to what.',
  })
  @ApiOkResponse({ type: SettingsDto })
  @ApiProblems(400, 401, 403, 404, 413, 415)
  change(
    @Caller() caller: Principal,
    @Body() wanted: ChangeSettingsDto,
    @Req() request: FastifyRequest,
  ): Promise<SettingsDto> {
    return this.settings.change(caller.connectorId, wanted, actorOf(caller, request));
  }
}
