import { ApiProperty } from '@nestjs/swagger';
import { IsString, Matches, MaxLength, MinLength } from 'class-validator';

export class UserParams {
  // The guard has already compared it with the token: anything but a connector id of ours has ended in 404.
  @ApiProperty({ format: 'uuid', description: 'The connector of the access token' })
  @IsString()
  connectorId!: string;

  @ApiProperty({
    minLength: 1,
    maxLength: 254,
    description: 'Zoom user id, or email address (in any case)',
    example: 'erika.mueller@example.com',
  })
  @IsString()
  @MinLength(1)
  @MaxLength(254)
  user!: string;
}

export class DeviceParams extends UserParams {
  @ApiProperty({
    minLength: 1,
    maxLength: 128,
    pattern: '^[ -~]+$',
    description: 'Names one installation of the app; chosen by the app, printable ASCII',
    example: 'c0ffee-1',
  })
  @IsString()
  @MaxLength(128)
  @Matches(/^[ -~]+$/, { message: 'must be 1 to 128 printable ASCII characters' })
  deviceId!: string;
}
