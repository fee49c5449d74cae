import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, OpenToApps, RequireScopes } from '../access/access.decorators';
import { Direct } from '../access/direct-route';
import type { Principal } from '../access/principal';
import { ApiProblems } from '../platform/http/api-problems';
import { ApiReplyLanguage, LANGUAGE_HEADERS, replyInLanguage } from '../platform/http/reply-language';
import { etagOf, matchesEtag } from './etag';
import { UserStatusDto } from './status.dto';
import { StatusService } from './status.service';
import { ApiUserParams, userNameOf } from './user-name';

@ApiTags('users')
@Controller('v1/connectors/:connectorId/users/:user')
export class StatusController {
  constructor(private readonly statuses: StatusService) {}

  @Get('status')
  @Direct()
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
  async get(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Caller() caller: Principal): Promise<void> {
    const language = replyInLanguage(request, reply);
    const status = await this.statuses.get(caller.connectorId, userNameOf(request), language);
    // Written as text once, for the tag and for the wire.
    const body = JSON.stringify(status);
    const etag = etagOf(body);
    void reply.header('etag', etag).header('cache-control', 'private, no-cache');
    if (matchesEtag(request.headers['if-none-match'], etag)) void reply.status(304).send();
    else void reply.header('content-type', 'application/json; charset=utf-8').send(body);
  }
}
