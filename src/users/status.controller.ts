import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, RequireScopes } from '../access/access.decorators';
import type { Principal } from '../access/principal';
import { ApiProblems } from '../platform/http/api-problems';
import { UserStatusDto } from './status.dto';
import { StatusService } from './status.service';
import { ApiUserParams, UserName } from './user-name';

@ApiTags('users')
@Controller('v1/connectors/:connectorId/users/:user')
export class StatusController {
  constructor(private readonly statuses: StatusService) {}

  @Get('status')
  @RequireScopes('status:read')
  @ApiOperation({
    operationId: 'getUserStatus',
    summary: 'The status of a user and of each device',
    description:
      'A removed user is still answered, with the status `removed`, until the row is deleted. Expiry shows at once.',
  })
  @ApiUserParams()
  @ApiOkResponse({ type: UserStatusDto })
  @ApiProblems(400, 401, 403, 404)
  get(@Caller() { connectorId }: Principal, @UserName() user: string): Promise<UserStatusDto> {
    return this.statuses.get(connectorId, user);
  }
}
