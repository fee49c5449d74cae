import { Controller, Get, Header, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiExcludeEndpoint,
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
import { AppError } from '../platform/errors/app-error';
import { ProblemDto } from '../platform/http/problem';
import { AuthorizationServer } from './authorization-server';
import { passToServer } from './pass-to-server';
import { AUTHORIZE_PATH, INTROSPECTION_PATH, JWKS_PATH, REVOCATION_PATH, TOKEN_PATH } from './paths';
import { SCOPES } from './principal';
import { CLIENT_AUTH_METHODS, GRANT_TYPES } from './provider-configuration';
import { SigningKeys } from './signing-keys';
import {
  AuthorizationServerMetadataDto,
  IntrospectionDto,
  JwkSetDto,
  OAuthErrorDto,
  TokenDto,
  TokenQuestionDto,
  TokenRequestDto,
} from './token.dto';

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
    summary: 'Get an access token (OAuth 2, RFC 6749: client credentials, authorization code, refresh token)',
    description:
      'The client proves itself by HTTP Basic (client id, client secret) or by `client_id` and `client_secret` in the form. A refresh token is good for one use: the answer brings the next one, and a spent one that comes again ends all tokens of its authorization.',
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
    await passToServer(this.server, request, reply);
  }

  @Post(REVOCATION_PATH)
  @HttpCode(200)
  @ApiOperation({
    operationId: 'revokeToken',
    summary: 'Give a token up (RFC 7009)',
    description:
      'A token of a marketplace client ends with its whole authorization; one of a machine client ends alone. Takes effect within 10 seconds.',
  })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({ type: TokenQuestionDto })
  @ApiResponse({ status: 200, description: 'Done, or there was nothing to do' })
  @ApiResponse({ status: 400, description: 'The request cannot be used', content: { ...oauthError, ...problem } })
  @ApiResponse({ status: 401, description: 'Unknown client, wrong secret or revoked client', content: oauthError })
  @ApiResponse({ status: 413, description: 'The form is too large', content: problem })
  async revokeToken(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await passToServer(this.server, request, reply);
  }

  @Post(INTROSPECTION_PATH)
  @HttpCode(200)
  @ApiOperation({
    operationId: 'introspectToken',
    summary: 'Ask whether a token is good, and for what (RFC 7662)',
    description: 'A client learns of its own tokens only; any other one is not active to it.',
  })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({ type: TokenQuestionDto })
  @ApiOkResponse({ type: IntrospectionDto })
  @ApiResponse({ status: 400, description: 'The request cannot be used', content: { ...oauthError, ...problem } })
  @ApiResponse({ status: 401, description: 'Unknown client, wrong secret or revoked client', content: oauthError })
  @ApiResponse({ status: 413, description: 'The form is too large', content: problem })
  async introspectToken(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await passToServer(this.server, request, reply);
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
      authorization_endpoint: `${publicUrl}${AUTHORIZE_PATH}`,
      token_endpoint: `${publicUrl}${TOKEN_PATH}`,
      revocation_endpoint: `${publicUrl}${REVOCATION_PATH}`,
      introspection_endpoint: `${publicUrl}${INTROSPECTION_PATH}`,
      jwks_uri: `${publicUrl}${JWKS_PATH}`,
      grant_types_supported: [...GRANT_TYPES],
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
      scopes_supported: [...SCOPES],
      token_endpoint_auth_methods_supported: [...CLIENT_AUTH_METHODS],
      revocation_endpoint_auth_methods_supported: [...CLIENT_AUTH_METHODS],
      introspection_endpoint_auth_methods_supported: [...CLIENT_AUTH_METHODS],
    };
  }

  /** Where PUBLIC_URL has a path, this is where RFC 8414 section 3.1 looks for the same: the path comes last. */
  @Get('/.well-known/oauth-authorization-server/*')
  @ApiExcludeEndpoint()
  metadataOfPath(@Req() request: FastifyRequest): AuthorizationServerMetadataDto {
    const path = new URL(this.config.publicUrl).pathname.replace(/\/+$/, '');
    if (request.url.split('?')[0] !== `/.well-known/oauth-authorization-server${path}`)
      throw new AppError('not_found', 'There is nothing at this address.');
    return this.metadata();
  }
}
