import { Body, Controller, Header, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Caller, RequireScopes } from '../../access/access.decorators';
import { actorOf } from '../../access/actor-of';
import { APP_SCOPES, APP_TOKEN_SECONDS, AppTokens } from '../../access/app-tokens/app-tokens.service';
import type { Principal } from '../../access/principal';
import { ApiProblems } from '../../platform/http/api-problems';
import { UserParams } from '../user-params.dto';
import { ACCESS_TOKEN_TYPE, AppTokenDto, AppTokenRequestDto } from './app-tokens.dto';

@ApiTags('Machine access')
@Controller('v1/connectors/:connectorId/users/:user/app-tokens')
export class AppTokensController {
  constructor(private readonly tokens: AppTokens) {}

  @Post()
  @HttpCode(200)
  @RequireScopes(...APP_SCOPES)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    operationId: 'createAppToken',
    summary: 'A short-lived token for the app of one user on one platform',
    description:
      'The app may read the status and the registration of this user and report what became of it, from this platform. The token ends early, within seconds, when the user is removed, the connector disconnected or the client that made it revoked. Recorded in the audit log.',
  })
  @ApiOkResponse({
    type: AppTokenDto,
    headers: { 'Cache-Control': { description: 'Always `no-store`', schema: { type: 'string' } } },
  })
  @ApiProblems(400, 401, 403, 404, 413, 415)
  async create(
    @Param() { user }: UserParams,
    @Body() { platform }: AppTokenRequestDto,
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
  ): Promise<AppTokenDto> {
    return {
      access_token: await this.tokens.make(caller, user, platform, actorOf(caller, request)),
      issued_token_type: ACCESS_TOKEN_TYPE,
      token_type: 'Bearer',
      expires_in: APP_TOKEN_SECONDS,
      scope: APP_SCOPES.join(' '),
    };
  }
}
