import { Controller, Get, Header, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG } from '../platform/config/config.token';
import type { Config } from '../platform/config/config';
import { ProblemDto } from '../platform/http/problem';
import { AuthorizationServer, CLIENT_AUTH_METHODS, JWKS_PATH, TOKEN_PATH } from './authorization-server';
import { SCOPES } from './principal';
import { SigningKeys } from './signing-keys';
import { AuthorizationServerMetadataDto, JwkSetDto, OAuthErrorDto, TokenDto, TokenRequestDto } from './token.dto';

const oauthError = { 'application/json': { schema: { $ref: getSchemaPath(OAuthErrorDto) } } };
const problem = { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } };

@ApiTags('Machine access')
@ApiExtraModels(OAuthErrorDto, ProblemDto)
@Controller()
export class TokenController {
  constructor(
    private readonly server: AuthorizationServer,
    private readonly keys: SigningKeys,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post(TOKEN_PATH)
  @HttpCode(200)
  @ApiOperation({
    operationId: 'createToken',
    summary: 'Get an access token (OAuth 2 client credentials, RFC 6749 section 4.4)',
    description:
      'The client proves itself by HTTP Basic (client id, client secret) or by `client_id` and `client_secret` in the form.',
  })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({ type: TokenRequestDto })
  @ApiOkResponse({ type: TokenDto })
  @ApiResponse({
    status: 400,
    description: 'The request or its scope cannot be used',
    content: { ...oauthError, ...problem },
  })
  @ApiResponse({ status: 401, description: 'Unknown client, wrong secret or revoked client', content: oauthError })
  @ApiResponse({ status: 415, description: 'The content type is not one', content: problem })
  @ApiResponse({ status: 500, description: 'Something went wrong on our side', content: oauthError })
  async createToken(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value);
    await this.server.answer(request.raw, reply.raw);
  }

  @Get(JWKS_PATH)
  @Header('cache-control', 'public, max-age=300')
  @Header('content-type', 'application/jwk-set+json; charset=utf-8')
  @ApiOperation({ operationId: 'getJwks', summary: 'The public keys that verify our access tokens (RFC 7517)' })
  @ApiProduces('application/jwk-set+json')
  @ApiOkResponse({ type: JwkSetDto })
  async jwks(): Promise<JwkSetDto> {
    return { keys: await this.keys.publicJwks() };
  }

  @Get('/.well-known/oauth-authorization-server')
  @ApiOperation({ operationId: 'getAuthorizationServerMetadata', summary: 'Where to get a token and how (RFC 8414)' })
  @ApiOkResponse({ type: AuthorizationServerMetadataDto })
  metadata(): AuthorizationServerMetadataDto {
    const { publicUrl } = this.config;
    return {
      issuer: publicUrl,
      token_endpoint: `${publicUrl}${TOKEN_PATH}`,
      jwks_uri: `${publicUrl}${JWKS_PATH}`,
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      scopes_supported: [...SCOPES],
      token_endpoint_auth_methods_supported: [...CLIENT_AUTH_METHODS],
    };
  }
}
