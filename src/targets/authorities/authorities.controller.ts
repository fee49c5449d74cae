import { Body, Controller, Delete, Get, HttpCode, Put, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { actorOf } from '../../access/actor-of';
import { Caller, RequireScopes } from '../../access/access.decorators';
import type { Principal } from '../../access/principal';
import { Clock } from '../../platform/clock/clock';
import { ApiProblems } from '../../platform/http/api-problems';
import { AuthorityListDto, PutAuthoritiesDto, toAuthorityListDto } from './authorities.dto';
import { TrustedAuthorities } from './trusted-authorities';

@ApiTags('diagnosis')
@ApiParam({ name: 'connectorId', type: 'string', format: 'uuid', description: 'The connector of the access token' })
@RequireScopes('connector:manage')
@Controller('v1/connectors/:connectorId/authorities')
export class AuthoritiesController {
  constructor(
    private readonly authorities: TrustedAuthorities,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'getAuthorities',
    summary: 'Which authorities vouch for the certificates of SBC and PBX, besides the public ones',
  })
  @ApiOkResponse({ type: AuthorityListDto })
  @ApiProblems(401, 403, 404)
  async get(@Caller() { connectorId }: Principal): Promise<AuthorityListDto> {
    return toAuthorityListDto(await this.authorities.list(connectorId), this.clock.now());
  }

  @Put()
  @ApiOperation({
    operationId: 'putAuthorities',
    summary: 'Say which authorities vouch for the certificates of SBC and PBX',
    description:
      'Counts for how this service looks at targets, from the next look on, which comes within a minute or so. Apps have their own list.',
  })
  @ApiOkResponse({ type: AuthorityListDto })
  @ApiProblems(400, 401, 403, 404, 413, 415)
  async put(
    @Caller() caller: Principal,
    @Body() { pem }: PutAuthoritiesDto,
    @Req() request: FastifyRequest,
  ): Promise<AuthorityListDto> {
    const set = await this.authorities.set(caller.connectorId, pem, actorOf(caller, request));
    return toAuthorityListDto(set, this.clock.now());
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteAuthorities', summary: 'Trust the public authorities alone' })
  @ApiNoContentResponse()
  @ApiProblems(401, 403, 404)
  delete(@Caller() caller: Principal, @Req() request: FastifyRequest): Promise<void> {
    return this.authorities.clear(caller.connectorId, actorOf(caller, request));
  }
}
