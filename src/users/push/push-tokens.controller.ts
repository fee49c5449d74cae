import { Controller, Delete, HttpCode, Put, Req, UseGuards } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Caller, RequireScopes } from '../../access/access.decorators';
import { actorOf } from '../../access/actor-of';
import type { Principal } from '../../access/principal';
import { ApiProblems } from '../../platform/http/api-problems';
import { NoBodyGuard } from '../../platform/http/no-body.guard';
import { PushTokenDto } from './push.dto';
import { PushTokens } from './push-tokens.service';

@ApiTags('push')
@ApiParam({ name: 'connectorId', type: 'string', format: 'uuid', description: 'The connector of the access token' })
@RequireScopes('connector:manage')
@Controller('v1/connectors/:connectorId/push-token')
export class PushTokensController {
  constructor(private readonly tokens: PushTokens) {}

  @Put()
  @UseGuards(NoBodyGuard)
  @ApiOperation({
    operationId: 'putPushToken',
    summary: 'Make the token by which the SBCs ask for pushes, or another one in its place',
    description: 'The one before is taken for another hour.',
  })
  @ApiOkResponse({ type: PushTokenDto })
  @ApiProblems(400, 401, 403, 404)
  async put(@Caller() caller: Principal, @Req() request: FastifyRequest): Promise<PushTokenDto> {
    const { token, createdAt, previousUntil } = await this.tokens.rotate(caller.connectorId, actorOf(caller, request));
    return {
      token,
      createdAt: createdAt.toISOString(),
      previousUntil: previousUntil?.toISOString() ?? null,
    };
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ operationId: 'deletePushToken', summary: 'No SBC may ask for pushes any more' })
  @ApiNoContentResponse()
  @ApiProblems(401, 403, 404)
  delete(@Caller() caller: Principal, @Req() request: FastifyRequest): Promise<void> {
    return this.tokens.revoke(caller.connectorId, actorOf(caller, request));
  }
}
