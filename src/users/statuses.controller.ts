import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, RequireScopes } from '../access/access.decorators';
import type { Principal } from '../access/principal';
import type { Language } from '../platform/config/config';
import { ApiProblems } from '../platform/http/api-problems';
import { ApiReplyLanguage, LANGUAGE_HEADERS, ReplyLanguage } from '../platform/http/reply-language';
import { StatusService } from './status.service';
import { MAX_STATUSES, StatusesDto, StatusesRequest } from './statuses.dto';

@ApiTags('users')
@ApiParam({ name: 'connectorId', type: 'string', format: 'uuid', description: 'The connector of the access token' })
@Controller('v1/connectors/:connectorId/statuses')
export class StatusesController {
  constructor(private readonly statuses: StatusService) {}

  @Post()
  @HttpCode(200)
  @RequireScopes('status:read')
  @ApiOperation({
    operationId: 'getUserStatuses',
    summary: `The status of up to ${MAX_STATUSES} users`,
    description: 'As `getUserStatus`, for many at once. Reads only.',
  })
  @ApiReplyLanguage()
  @ApiOkResponse({ type: StatusesDto, headers: LANGUAGE_HEADERS })
  @ApiProblems(400, 401, 403, 404, 413, 415)
  list(
    @Caller() { connectorId }: Principal,
    @Body() { users }: StatusesRequest,
    @ReplyLanguage() language: Language,
  ): Promise<StatusesDto> {
    return this.statuses.getMany(connectorId, users, language);
  }
}
