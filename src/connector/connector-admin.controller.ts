import { Body, Controller, Delete, HttpCode, Param, Post, Put, Req, UseGuards } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { actorOf } from '../access/actor-of';
import { Caller, RequireScopes } from '../access/access.decorators';
import type { Principal } from '../access/principal';
import { ReauthorizeLinks } from '../oauth/reauthorize-links';
import { AppError } from '../platform/errors/app-error';
import { ApiProblems } from '../platform/http/api-problems';
import { NoBodyGuard } from '../platform/http/no-body.guard';
import { withTraces } from '../platform/remote/trace-scope';
import { AuthorizeLinkDto, AuthorizeLinkQuery, DisconnectedDto, ServiceClientDto } from './connector-admin.dto';
import { ConnectorsService } from './connectors.service';
import { Disconnecting } from './disconnect.service';
import { ServiceClients } from './service-clients.service';

@ApiTags('Connector')
@ApiParam({ name: 'connectorId', type: 'string', format: 'uuid' })
@RequireScopes('connector:manage')
@Controller('v1/connectors/:connectorId')
export class ConnectorAdminController {
  constructor(
    private readonly connectors: ConnectorsService,
    private readonly links: ReauthorizeLinks,
    private readonly serviceClients: ServiceClients,
    private readonly disconnecting: Disconnecting,
  ) {}

  @Post('authorize-links')
  @ApiOperation({
    operationId: 'createAuthorizeLink',
    summary: 'A link by which any admin of the account authorises this connector (again)',
  })
  @ApiCreatedResponse({ type: AuthorizeLinkDto })
  @ApiProblems(400, 401, 403, 404, 409, 413, 415)
  async createLink(
    @Param('connectorId') connectorId: string,
    @Body() { provider }: AuthorizeLinkQuery,
  ): Promise<AuthorizeLinkDto> {
    const { state } = await this.connectors.get(connectorId);
    if (state === 'disconnected')
      throw new AppError('connector_not_active', 'The connector is disconnected: no link brings it back.');
    const { url, expiresAt } = this.links.linkFor(connectorId, provider);
    return { provider, url, expiresAt: expiresAt.toISOString() };
  }

  @Put('service-client')
  @UseGuards(NoBodyGuard)
  @ApiOperation({
    operationId: 'putServiceClient',
    summary: 'Work at CloudLink through a service client instead of an admin, or replace its secret',
  })
  @ApiOkResponse({ type: ServiceClientDto })
  @ApiProblems(400, 401, 403, 404, 409, 502)
  putServiceClient(
    @Param('connectorId') connectorId: string,
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
  ): Promise<ServiceClientDto> {
    return withTraces(() => this.serviceClients.switchOn(connectorId, actorOf(caller, request)));
  }

  @Delete('service-client')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteServiceClient', summary: 'Back to an admin’s authorisation at CloudLink' })
  @ApiNoContentResponse()
  @ApiProblems(401, 403, 404, 409, 502)
  deleteServiceClient(
    @Param('connectorId') connectorId: string,
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return withTraces(() => this.serviceClients.switchOff(connectorId, actorOf(caller, request)));
  }

  @Post('disconnect')
  @HttpCode(202)
  @UseGuards(NoBodyGuard)
  @ApiOperation({
    operationId: 'disconnectConnector',
    summary: 'End the link: Zoom’s app is removed, all credentials and tokens are destroyed, the audit stays',
  })
  @ApiAcceptedResponse({ type: DisconnectedDto })
  @ApiProblems(400, 401, 403, 404)
  async disconnect(
    @Param('connectorId') connectorId: string,
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
  ): Promise<DisconnectedDto> {
    const actor = actorOf(caller, request);
    const finished = await withTraces(() => this.disconnecting.disconnect(connectorId, 'disconnected_by_admin', actor));
    return { id: connectorId, state: 'disconnected', finished };
  }
}
