import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, OpenToApps, RequireScopes } from '../access/access.decorators';
import type { Principal } from '../access/principal';
import type { Language } from '../platform/config/config';
import { ApiProblems } from '../platform/http/api-problems';
import { ApiReplyLanguage, LANGUAGE_HEADERS, ReplyLanguage } from '../platform/http/reply-language';
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
  get(
    @Caller() { connectorId }: Principal,
    @UserName() user: string,
    @ReplyLanguage() language: Language,
  ): Promise<UserStatusDto> {
    return this.statuses.get(connectorId, user, language);
  }
}
