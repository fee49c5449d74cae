import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { SCOPES } from './principal';

const SCOPE_EXAMPLE = 'status:read credentials:read';

export class TokenRequestDto {
  @ApiProperty({ enum: ['client_credentials', 'authorization_code', 'refresh_token'] })
  grant_type!: string;

  @ApiPropertyOptional({
    description: 'With `authorization_code`: what the browser brought. Good for 60 seconds, once.',
  })
  code?: string;

  @ApiPropertyOptional({ description: 'With `authorization_code`: the same as in the authorization request' })
  redirect_uri?: string;

  @ApiPropertyOptional({ description: 'With `authorization_code`: RFC 7636' })
  code_verifier?: string;

  @ApiPropertyOptional({ description: 'With `refresh_token`. Good for 90 days, once.' })
  refresh_token?: string;

  @ApiPropertyOptional({
    description: `Some of the client's scopes, space-separated (${SCOPES.join(', ')}). Absent: all that the client has.`,
    example: SCOPE_EXAMPLE,
  })
  scope?: string;

  @ApiPropertyOptional({
    description: 'Absent, or the audience of our API: the public address of this service followed by /v1',
    example: 'https://connector.example.com/v1',
  })
  resource?: string;

  @ApiPropertyOptional({ description: 'Only when HTTP Basic is not used' })
  client_id?: string;

  @ApiPropertyOptional({ description: 'Only when HTTP Basic is not used' })
  client_secret?: string;
}

export class TokenDto {
  @ApiProperty({ description: 'A JWT, for `Authorization: Bearer`' })
  access_token!: string;

  @ApiProperty({ description: 'Seconds', example: 3600 })
  expires_in!: number;

  @ApiProperty({ enum: ['Bearer'] })
  token_type!: string;

  @ApiProperty({ description: 'What the token may do', example: SCOPE_EXAMPLE })
  scope!: string;

  @ApiPropertyOptional({ description: 'For a marketplace client: what to get the next access token with' })
  refresh_token?: string;
}

export class TokenQuestionDto {
  @ApiProperty({ description: 'An access token or a refresh token' })
  token!: string;

  @ApiPropertyOptional({ enum: ['access_token', 'refresh_token'], description: 'Where to look first' })
  token_type_hint?: string;

  @ApiPropertyOptional({ description: 'Only when HTTP Basic is not used' })
  client_id?: string;

  @ApiPropertyOptional({ description: 'Only when HTTP Basic is not used' })
  client_secret?: string;
}

/** RFC 7662 section 2.2; of a token that is not active nothing else is said. */
export class IntrospectionDto {
  @ApiProperty()
  active!: boolean;

  @ApiPropertyOptional({ description: 'The connector that the token opens', format: 'uuid' })
  connector_id?: string;

  @ApiPropertyOptional({ description: 'Of an app token: its user', format: 'uuid' })
  user_id?: string;

  @ApiPropertyOptional({ description: 'Of an app token', enum: ['desktop', 'mobile'] })
  platform?: string;

  @ApiPropertyOptional({ example: SCOPE_EXAMPLE })
  scope?: string;

  @ApiPropertyOptional()
  client_id?: string;

  @ApiPropertyOptional({ description: 'The CloudLink account whose admin has agreed' })
  sub?: string;

  @ApiPropertyOptional()
  aud?: string;

  @ApiPropertyOptional()
  iss?: string;

  @ApiPropertyOptional({ description: 'Seconds since 1970' })
  exp?: number;

  @ApiPropertyOptional({ description: 'Seconds since 1970' })
  iat?: number;

  @ApiPropertyOptional({ enum: ['Bearer'] })
  token_type?: string;
}

/** RFC 6749 section 5.2. */
export class OAuthErrorDto {
  @ApiProperty({ example: 'invalid_client' })
  error!: string;

  @ApiPropertyOptional({ example: 'client authentication failed' })
  error_description?: string;

  @ApiPropertyOptional({ description: 'With `invalid_scope`: the scope that is refused', example: 'credentials:read' })
  scope?: string;
}

export class JwkDto {
  @ApiProperty({ enum: ['EC'] })
  kty!: string;

  @ApiProperty({ enum: ['P-256'] })
  crv!: string;

  @ApiProperty()
  x!: string;

  @ApiProperty()
  y!: string;

  @ApiProperty({ description: 'Named by the header of each token' })
  kid!: string;

  @ApiProperty({ enum: ['ES256'] })
  alg!: string;

  @ApiProperty({ enum: ['sig'] })
  use!: string;
}

export class JwkSetDto {
  @ApiProperty({ type: [JwkDto] })
  keys!: JwkDto[];
}

/** RFC 8414 section 2, RFC 9207 section 3. */
export class AuthorizationServerMetadataDto {
  @ApiProperty({ example: 'https://connector.example.com' })
  issuer!: string;

  @ApiProperty({ example: 'https://connector.example.com/oauth2/authorize' })
  authorization_endpoint!: string;

  @ApiProperty({ example: 'https://connector.example.com/oauth2/token' })
  token_endpoint!: string;

  @ApiProperty({ example: 'https://connector.example.com/oauth2/revoke' })
  revocation_endpoint!: string;

  @ApiProperty({ example: 'https://connector.example.com/oauth2/introspect' })
  introspection_endpoint!: string;

  @ApiProperty({ example: 'https://connector.example.com/oauth2/jwks' })
  jwks_uri!: string;

  @ApiProperty({ type: [String], example: ['authorization_code', 'refresh_token', 'client_credentials'] })
  grant_types_supported!: string[];

  @ApiProperty({ type: [String], example: ['code'] })
  response_types_supported!: string[];

  @ApiProperty({ type: [String], example: ['query'] })
  response_modes_supported!: string[];

  @ApiProperty({ type: [String], example: ['S256'] })
  code_challenge_methods_supported!: string[];

  @ApiProperty({ description: 'The answer to an authorization request names us in `iss` (RFC 9207)' })
  authorization_response_iss_parameter_supported!: boolean;

  @ApiProperty({ type: [String], example: [...SCOPES] })
  scopes_supported!: string[];

  @ApiProperty({ type: [String], example: ['client_secret_basic', 'client_secret_post'] })
  token_endpoint_auth_methods_supported!: string[];

  @ApiProperty({ type: [String], example: ['client_secret_basic', 'client_secret_post'] })
  revocation_endpoint_auth_methods_supported!: string[];

  @ApiProperty({ type: [String], example: ['client_secret_basic', 'client_secret_post'] })
  introspection_endpoint_auth_methods_supported!: string[];
}
