import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Caller, RequireScopes } from '../../access/access.decorators';
import { actorOf } from '../../access/actor-of';
import type { Principal } from '../../access/principal';
import type { Language } from '../../platform/config/config';
import { ApiProblems } from '../../platform/http/api-problems';
import { ApiReplyLanguage, LANGUAGE_HEADERS, ReplyLanguage } from '../../platform/http/reply-language';
import { PreflightDto } from './preflight.dto';
import { PreflightService } from './preflight.service';

@ApiTags('Connector')
@ApiParam({ name: 'connectorId', type: 'string', format: 'uuid', description: 'The connector of the access token' })
@Controller('v1/connectors/:connectorId/preflight')
export class PreflightController {
  constructor(private readonly preflight: PreflightService) {}

  @Get()
  @RequireScopes('connector:manage')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    operationId: 'getPreflight',
    summary: 'Everything that the customer has to set up, and whether it is',
    description:
      'Asks both sides in the name of the connector, within 12 seconds each, and changes nothing. A side that does not answer makes its own checks `unknown` and leaves the others whole.',
  })
  @ApiReplyLanguage()
  @ApiOkResponse({ type: PreflightDto, headers: LANGUAGE_HEADERS })
  @ApiProblems(401, 403, 404, 409)
  get(
    @Caller() caller: Principal,
    @ReplyLanguage() language: Language,
    @Req() request: FastifyRequest,
  ): Promise<PreflightDto> {
    return this.preflight.get(caller.connectorId, language, actorOf(caller, request));
  }
}
