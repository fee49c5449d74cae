import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, RequireScopes } from '../../access/access.decorators';
import type { Principal } from '../../access/principal';
import { AuditTrail } from '../../platform/audit/audit-trail';
import { ApiProblems } from '../../platform/http/api-problems';
import { ActorNames } from './actor-names';
import { AuditListDto, ListAuditQuery } from './audit.dto';
import { readAudit } from './read-audit';

@ApiTags('Connector')
@ApiParam({ name: 'connectorId', type: 'string', format: 'uuid', description: 'The connector of the access token' })
@Controller('v1/connectors/:connectorId/audit')
export class AuditController {
  constructor(
    private readonly trail: AuditTrail,
    private readonly names: ActorNames,
  ) {}

  @Get()
  @RequireScopes('audit:read')
  @ApiOperation({
    operationId: 'listAuditEvents',
    summary: 'Who did what, when, from where',
    description:
      'Newest first. Nobody can change or delete an event, and those of a disconnected connector stay. With a filter, a page may have to pass over many events.',
  })
  @ApiOkResponse({ type: AuditListDto })
  @ApiProblems(400, 401, 403, 404)
  list(@Caller() caller: Principal, @Query() query: ListAuditQuery): Promise<AuditListDto> {
    return readAudit(this.trail, this.names, caller.connectorId, query);
  }
}
