import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { SCOPES } from './principal';

const SCOPE_EXAMPLE = 'status:read credentials:read';

export class TokenRequestDto {
  @ApiProperty({ enum: ['client_credentials'] })
  grant_type!: string;

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

/** RFC 8414 section 2, as far as it concerns machine clients. */
export class AuthorizationServerMetadataDto {
  @ApiProperty({ example: 'https://connector.example.com' })
  issuer!: string;

  @ApiProperty({ example: 'https://connector.example.com/oauth2/token' })
  token_endpoint!: string;

  @ApiProperty({ example: 'https://connector.example.com/oauth2/jwks' })
  jwks_uri!: string;

  @ApiProperty({ type: [String], example: ['client_credentials'] })
  grant_types_supported!: string[];

  @ApiProperty({ type: [String], example: [], description: 'Empty: there is no authorization endpoint' })
  response_types_supported!: string[];

  @ApiProperty({ type: [String], example: [...SCOPES] })
  scopes_supported!: string[];

  @ApiProperty({ type: [String], example: ['client_secret_basic', 'client_secret_post'] })
  token_endpoint_auth_methods_supported!: string[];
}
