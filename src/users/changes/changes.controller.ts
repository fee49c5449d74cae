import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, RequireScopes } from '../../access/access.decorators';
import type { Principal } from '../../access/principal';
import { ApiProblems } from '../../platform/http/api-problems';
import { ChangeFeedService } from './change-feed.service';
import { ChangeListDto, ListChangesQuery } from './changes.dto';

@ApiTags('users')
@ApiParam({ name: 'connectorId', type: 'string', format: 'uuid', description: 'The connector of the access token' })
@Controller('v1/connectors/:connectorId/changes')
export class ChangesController {
  constructor(private readonly feed: ChangeFeedService) {}

  @Get()
  @RequireScopes('status:read')
  @ApiOperation({
    operationId: 'listChanges',
    summary: 'Who changed, and in what, since the last call',
    description:
      'Every change of a credential, of targets, of email or Zoom id, and every arrival and removal, exactly once per reader, in order; a change of status alone is none. Begin with `cursor=now`, then read the list of users, then follow nextCursor. Entries are kept for 30 days: an older cursor, and any from before a connector was disconnected, answers 410 `cursor_too_old`. Then begin so again.',
  })
  @ApiOkResponse({ type: ChangeListDto })
  @ApiProblems(400, 401, 403, 404, 410)
  list(@Caller() caller: Principal, @Query() query: ListChangesQuery): Promise<ChangeListDto> {
    return this.feed.list(caller.connectorId, query);
  }
}
