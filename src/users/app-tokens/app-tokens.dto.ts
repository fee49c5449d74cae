import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { APP_PLATFORMS, type AppPlatform } from '../../access/app-tokens/app-identity';
import { APP_SCOPES, APP_TOKEN_SECONDS } from '../../access/app-tokens/app-tokens.service';

/** RFC 8693 section 3. */
export const ACCESS_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:access_token';

export class AppTokenRequestDto {
  @ApiProperty({ enum: APP_PLATFORMS, description: 'The app that is to have the token' })
  @IsIn(APP_PLATFORMS)
  platform!: AppPlatform;
}

/** Named as in RFC 8693 section 2.2.1. */
export class AppTokenDto {
  @ApiProperty({ description: 'A JWT, for `Authorization: Bearer`' })
  access_token!: string;

  @ApiProperty({ enum: [ACCESS_TOKEN_TYPE] })
  issued_token_type!: string;

  @ApiProperty({ enum: ['Bearer'] })
  token_type!: string;

  @ApiProperty({ type: 'integer', description: 'Seconds', example: APP_TOKEN_SECONDS })
  expires_in!: number;

  @ApiProperty({
    description: 'What the token may do, to its own user and from its own platform only',
    example: APP_SCOPES.join(' '),
  })
  scope!: string;
}
