import { Controller, Get, Header, Param, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Caller, OpenToApps, RequireScopes } from '../access/access.decorators';
import type { Principal } from '../access/principal';
import { ApiProblems } from '../platform/http/api-problems';
import { HandOutDto, HandOutQuery } from './hand-out.dto';
import { HandOutService } from './hand-out.service';
import { UserParams } from './user-params.dto';

@ApiTags('users')
@Controller('v1/connectors/:connectorId/users/:user')
export class HandOutController {
  constructor(private readonly handOut: HandOutService) {}

  @Get('registration')
  @RequireScopes('credentials:read')
  @OpenToApps('query')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    operationId: 'getUserRegistration',
    summary: 'What an app needs to register: SIP credential and targets',
    description:
      'The address that the request comes from decides the targets: it must come from the app itself, or through proxies that are named in TRUSTED_PROXIES and forward it in X-Forwarded-For. Every answer is recorded in the audit log.',
  })
  @ApiOkResponse({
    type: HandOutDto,
    headers: { 'Cache-Control': { description: 'Always `no-store`', schema: { type: 'string' } } },
  })
  @ApiProblems(400, 401, 403, 404, 409)
  get(
    @Param() { connectorId, user }: UserParams,
    @Query() { platform }: HandOutQuery,
    @Caller() { clientId, app }: Principal,
    @Req() request: FastifyRequest,
  ): Promise<HandOutDto> {
    const { id: requestId, ip: address, clientAddress } = request;
    const asker = { clientId, requestId, address, clientAddress, isApp: app !== undefined };
    return this.handOut.get(connectorId, user, platform, asker);
  }
}
