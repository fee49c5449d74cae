import { Body, Controller, Get, Put, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Caller, RequireScopes } from '../../access/access.decorators';
import { actorOf } from '../../access/actor-of';
import type { Principal } from '../../access/principal';
import { ApiProblems } from '../../platform/http/api-problems';
import { OnsiteNetworkListDto, PutOnsiteNetworksDto } from './onsite-networks.dto';
import { OnsiteNetworks } from './onsite-networks.service';

@ApiTags('Connector')
@ApiParam({ name: 'connectorId', type: 'string', format: 'uuid', description: 'The connector of the access token' })
@RequireScopes('connector:manage')
@Controller('v1/connectors/:connectorId/networks')
export class OnsiteNetworksController {
  constructor(private readonly networks: OnsiteNetworks) {}

  @Get()
  @ApiOperation({
    operationId: 'getOnsiteNetworks',
    summary: 'The networks from which desktop apps reach the PBX directly',
  })
  @ApiOkResponse({ type: OnsiteNetworkListDto })
  @ApiProblems(401, 403, 404)
  async get(@Caller() { connectorId }: Principal): Promise<OnsiteNetworkListDto> {
    return { items: await this.networks.list(connectorId) };
  }

  @Put()
  @ApiOperation({
    operationId: 'putOnsiteNetworks',
    summary: 'Say from which networks desktop apps reach the PBX directly',
    description:
      'A desktop app that asks for its registration from one of them gets the PBX first, then the SBC. Takes effect with the next hand-out.',
  })
  @ApiOkResponse({ type: OnsiteNetworkListDto })
  @ApiProblems(400, 401, 403, 404, 413, 415)
  async put(
    @Caller() caller: Principal,
    @Body() { items }: PutOnsiteNetworksDto,
    @Req() request: FastifyRequest,
  ): Promise<OnsiteNetworkListDto> {
    return { items: await this.networks.replace(caller.connectorId, items, actorOf(caller, request)) };
  }
}
