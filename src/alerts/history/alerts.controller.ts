import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, RequireScopes } from '../../access/access.decorators';
import type { Principal } from '../../access/principal';
import { ApiProblems } from '../../platform/http/api-problems';
import { AlertHistory } from './alert-history';
import { PageQuery } from '../../platform/http/page-query';
import { AlertListDto, toAlertDto } from './alerts.dto';

@ApiTags('alerts')
@Controller('v1/connectors/:connectorId/alerts')
export class AlertsController {
  constructor(@Inject(AlertHistory) private readonly history: AlertHistory) {}

  @Get()
  @RequireScopes('status:read')
  @ApiParam({ name: 'connectorId', format: 'uuid', description: 'The connector of the access token' })
  @ApiOperation({
    operationId: 'listAlerts',
    summary: 'What people were told about this connector, newest first',
    description: 'Kept for 90 days.',
  })
  @ApiOkResponse({ type: AlertListDto })
  @ApiProblems(400, 401, 403, 404)
  async list(@Caller() caller: Principal, @Query() query: PageQuery): Promise<AlertListDto> {
    const { items, nextCursor } = await this.history.list(caller.connectorId, query);
    return { items: items.map(toAlertDto), nextCursor };
  }
}
