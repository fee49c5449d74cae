import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';

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
