import { Body, Controller, Get, HttpCode, Inject, Put, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Caller, RequireScopes } from '../../access/access.decorators';
import type { Principal } from '../../access/principal';
import { ApiProblems } from '../../platform/http/api-problems';
import { AlertSettings } from './alert-settings';
import { AlertSettingsDto, ChangeAlertSettingsDto } from './alert-settings.dto';
import { actorOf } from '../../access/actor-of';

const ConnectorParam = ApiParam({
  name: 'connectorId',
  format: 'uuid',
  description: 'The connector of the access token',
});

@ApiTags('alerts')
@Controller('v1/connectors/:connectorId/alert-settings')
export class AlertSettingsController {
  constructor(@Inject(AlertSettings) private readonly settings: AlertSettings) {}

  @Get()
  @RequireScopes('connector:manage')
  @ConnectorParam
  @ApiOperation({
    operationId: 'getAlertSettings',
    summary: 'Who is written to about this connector, in which language',
  })
  @ApiOkResponse({ type: AlertSettingsDto })
  @ApiProblems(401, 403, 404)
  get(@Caller() caller: Principal): Promise<AlertSettingsDto> {
    return this.settings.get(caller.connectorId);
  }

  @Put()
  @HttpCode(200)
  @RequireScopes('connector:manage')
  @ConnectorParam
  @ApiOperation({ operationId: 'putAlertSettings', summary: 'Say who is written to, and in which language' })
  @ApiOkResponse({ type: AlertSettingsDto })
  @ApiProblems(400, 401, 403, 404, 413, 415)
  put(
    @Caller() caller: Principal,
    @Body() body: ChangeAlertSettingsDto,
    @Req() request: FastifyRequest,
  ): Promise<AlertSettingsDto> {
    return this.settings.change(caller.connectorId, body, actorOf(caller, request));
  }
}
