import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuthorizationServer } from './authorization-server';
import { passToServer } from './pass-to-server';
import { AUTHORIZE_PATH } from './paths';
import { SCOPES } from './principal';

const page = { 'text/html': { schema: { type: 'string' } } };

/** Where Zoom's marketplace sends an admin's browser, and where that browser leaves for Zoom again. */
@ApiTags('Marketplace access')
@Controller()
export class AuthorizationController {
  constructor(private readonly server: AuthorizationServer) {}

  @Get(AUTHORIZE_PATH)
  @ApiOperation({
    operationId: 'authorize',
    summary: 'Ask an admin for access to a connector (authorization code, RFC 6749 section 4.1, with PKCE)',
    description:
      'For the browser. Errors go to `redirect_uri` where the client and that address are known to be right.',
  })
  @ApiQuery({ name: 'response_type', enum: ['code'] })
  @ApiQuery({ name: 'client_id', description: 'A marketplace client (`clients create-marketplace`)' })
  @ApiQuery({ name: 'redirect_uri', description: 'One of those that the client was registered with, letter by letter' })
  @ApiQuery({ name: 'code_challenge', description: 'RFC 7636; required' })
  @ApiQuery({ name: 'code_challenge_method', enum: ['S256'] })
  @ApiQuery({ name: 'state', required: false, description: 'Comes back as it is' })
  @ApiQuery({
    name: 'scope',
    required: false,
    description: `Some of ${SCOPES.join(', ')}. Absent: all that the client may have.`,
  })
  @ApiQuery({
    name: 'resource',
    required: false,
    description: 'Absent, or the public address of this service followed by /v1',
  })
  @ApiResponse({ status: 303, description: 'To the sign-in and consent, or with an error to `redirect_uri`' })
  @ApiResponse({ status: 400, description: 'A page: nobody may be sent anywhere with this request', content: page })
  async authorize(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await passToServer(this.server, request, reply);
  }

  @Get(`${AUTHORIZE_PATH}/:uid`)
  @ApiOperation({ operationId: 'finishAuthorization', summary: 'From the consent back to the client' })
  @ApiParam({ name: 'uid', type: String })
  @ApiResponse({
    status: 303,
    description: 'To `redirect_uri`, with `code`, `state` and `iss`, or with `error`, `state` and `iss`',
  })
  @ApiResponse({ status: 400, description: 'A page: too late, or another browser', content: page })
  async resume(@Param('uid') _uid: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await passToServer(this.server, request, reply);
  }
}
