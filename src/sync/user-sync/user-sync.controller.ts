import { Controller, HttpCode, Inject, Param, Post, Req, UseGuards } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { actorOf } from '../../access/actor-of';
import { Caller, RequireScopes } from '../../access/access.decorators';
import type { Principal } from '../../access/principal';
import { ApiProblems } from '../../platform/http/api-problems';
import { NoBodyGuard } from '../../platform/http/no-body.guard';
import { UserParams } from '../../users/user-params.dto';
import { UserSyncDto } from './user-sync.dto';
import { UserSyncs } from './user-syncs';

@ApiTags('sync')
@Controller('v1/connectors/:connectorId/users/:user')
export class UserSyncController {
  constructor(@Inject(UserSyncs) private readonly syncs: UserSyncs) {}

  @Post('sync')
  @HttpCode(202)
  @UseGuards(NoBodyGuard)
  @RequireScopes('sync:run')
  @ApiOperation({
    operationId: 'syncUser',
    summary: 'Read one user anew at both sides',
    description:
      'Zoom is asked for this user. CloudLink, which cannot be asked for one, is asked for what has changed, or for all users where it does not say what has.',
  })
  @ApiAcceptedResponse({ type: UserSyncDto })
  @ApiProblems(400, 401, 403, 404, 409, 413, 415)
  async request(
    @Param() { connectorId, user }: UserParams,
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
  ): Promise<UserSyncDto> {
    return { requestedAt: (await this.syncs.request(connectorId, user, actorOf(caller, request))).toISOString() };
  }
}
