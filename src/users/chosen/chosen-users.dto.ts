import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { MAX_EMAIL_LENGTH } from './check-email';

export class AddUserDto {
  @ApiProperty({
    minLength: 1,
    maxLength: MAX_EMAIL_LENGTH,
    description: 'The address that Zoom and CloudLink know the user by, in any case',
    example: 'erika.mueller@example.com',
  })
  @IsString()
  @MinLength(1)
  @MaxLength(MAX_EMAIL_LENGTH)
  email!: string;
}
