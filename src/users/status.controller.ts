import { Controller, Get, Headers, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, OpenToApps, RequireScopes } from '../access/access.decorators';
import type { Principal } from '../access/principal';
import type { Language } from '../platform/config/config';
import { ApiProblems } from '../platform/http/api-problems';
import { ApiReplyLanguage, LANGUAGE_HEADERS, ReplyLanguage } from '../platform/http/reply-language';
import { etagOf, matchesEtag } from './etag';
import { UserStatusDto } from './status.dto';
import { StatusService } from './status.service';
import { ApiUserParams, UserName } from './user-name';

@ApiTags('users')
@Controller('v1/connectors/:connectorId/users/:user')
export class StatusController {
  constructor(private readonly statuses: StatusService) {}

  @Get('status')
  @RequireScopes('status:read')
  @OpenToApps('nowhere')
  @ApiOperation({
    operationId: 'getUserStatus',
    summary: 'The status of a user and of each device',
    description:
      'A removed user is still answered, with the status `removed`, until the row is deleted. Expiry shows at once.',
  })
  @ApiUserParams()
  @ApiReplyLanguage()
  @ApiOkResponse({ type: UserStatusDto, headers: LANGUAGE_HEADERS })
  @ApiProblems(400, 401, 403, 404)
  @ApiHeader({ name: 'If-None-Match', required: false, description: 'The ETag of an earlier answer' })
  @ApiResponse({ status: 304, description: 'Nothing has changed since the answer with this ETag' })
  async get(
    @Caller() { connectorId }: Principal,
    @UserName() user: string,
    @ReplyLanguage() language: Language,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    // Written as text once, for the tag and for the wire.
    const body = JSON.stringify(await this.statuses.get(connectorId, user, language));
    const etag = etagOf(body);
    void reply.header('etag', etag).header('cache-control', 'private, no-cache');
    if (matchesEtag(ifNoneMatch, etag)) {
      void reply.status(304);
      return undefined;
    }
    void reply.header('content-type', 'application/json; charset=utf-8');
    return body;
  }
}
