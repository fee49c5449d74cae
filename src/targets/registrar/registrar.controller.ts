import { Body, Controller, Get, HttpCode, Param, Post, Put, Req, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Caller, RequireScopes } from '../../access/access.decorators';
import { actorOf } from '../../access/actor-of';
import type { Principal } from '../../access/principal';
import { ApiProblems } from '../../platform/http/api-problems';
import { NoBodyGuard } from '../../platform/http/no-body.guard';
import { UserParams } from '../../users/user-params.dto';
import { RegistrarChecks } from './registrar-checks.service';
import { DEFAULT_PER_MINUTE, RegistrarSweeps } from './registrar-sweeps.service';
import { RegistrarCheckDto, SetSweepDto, SweepDto, toCheckDto, toSweepDto } from './registrar.dto';

/** Three targets, each of which takes its whole time. */
const CHECK_LIMIT_MS = 60_000;

const ConnectorParam = ApiParam({
  name: 'connectorId',
  type: 'string',
  format: 'uuid',
  description: 'The connector of the access token',
});

@ApiTags('diagnosis')
@Controller('v1/connectors/:connectorId')
export class RegistrarController {
  constructor(
    private readonly checks: RegistrarChecks,
    private readonly sweeps: RegistrarSweeps,
  ) {}

  @Post('users/:user/registrar-check')
  @HttpCode(200)
  @UseGuards(NoBodyGuard)
  @RequireScopes('connector:manage')
  @ApiOperation({
    operationId: 'checkRegistrar',
    summary: 'Ask the registrar whether the stored hash of a user is accepted, and which devices are bound',
    description:
      'REGISTER without Contact (RFC 3261 section 10.2.3): changes nothing. The hash itself is never sent, only the digest of a challenge, and over TLS only when nothing is wrong with the certificate. Takes seconds when targets are dead.',
  })
  @ApiOkResponse({ type: RegistrarCheckDto })
  @ApiProblems(400, 401, 403, 404, 409, 413, 415)
  async check(
    @Caller() caller: Principal,
    @Param() { user }: UserParams,
    @Req() request: FastifyRequest,
  ): Promise<RegistrarCheckDto> {
    const limit = AbortSignal.timeout(CHECK_LIMIT_MS);
    return toCheckDto(await this.checks.checkNow(caller.connectorId, user, actorOf(caller, request), limit));
  }

  @Get('registrar-sweep')
  @RequireScopes('connector:manage')
  @ConnectorParam
  @ApiOperation({
    operationId: 'getRegistrarSweep',
    summary: 'Whether the registrars of all users are asked, and how far that is',
  })
  @ApiOkResponse({ type: SweepDto })
  @ApiProblems(401, 403, 404)
  async get(@Caller() { connectorId }: Principal): Promise<SweepDto> {
    return toSweepDto(await this.sweeps.get(connectorId));
  }

  @Put('registrar-sweep')
  @RequireScopes('connector:manage')
  @ConnectorParam
  @ApiOperation({
    operationId: 'setRegistrarSweep',
    summary: 'Have the registrars of all users asked, slowly, over and over',
    description: 'Finds hashes that are out of date before anybody misses a call. Off until somebody switches it on.',
  })
  @ApiOkResponse({ type: SweepDto })
  @ApiProblems(400, 401, 403, 404, 413, 415)
  async set(
    @Caller() caller: Principal,
    @Body() { enabled, perMinute = DEFAULT_PER_MINUTE }: SetSweepDto,
    @Req() request: FastifyRequest,
  ): Promise<SweepDto> {
    return toSweepDto(await this.sweeps.set(caller.connectorId, { enabled, perMinute }, actorOf(caller, request)));
  }
}
