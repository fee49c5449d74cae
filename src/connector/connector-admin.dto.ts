import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { PROVIDERS, type Provider } from '../oauth/provider';

export class AuthorizeLinkQuery {
  @ApiProperty({ enum: PROVIDERS, description: 'Where an admin is to authorise' })
  @IsIn(PROVIDERS)
  provider!: Provider;
}

export class AuthorizeLinkDto {
  @ApiProperty({ enum: PROVIDERS })
  provider!: string;

  @ApiProperty({
    format: 'uri',
    description:
      'For an admin of the account: opens the provider’s login and keeps the authorisation at this connector',
  })
  url!: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
}

export class ServiceClientDto {
  @ApiProperty({ format: 'uuid', description: 'Id of the grant that holds the secret' })
  grantId!: string;

  @ApiProperty({ description: 'Id of the client at CloudLink. Its secret never leaves this service' })
  clientId!: string;
}

export class DisconnectedDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ['disconnected'] })
  state!: 'disconnected';

  @ApiProperty({
    description:
      'true: Zoom has revoked the app, and the key of all secrets is destroyed. false: Zoom could not be asked yet; this goes on by itself',
  })
  finished!: boolean;
}
