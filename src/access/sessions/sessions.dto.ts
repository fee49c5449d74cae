import { ApiProperty } from '@nestjs/swagger';

const PROVIDERS = ['zoom', 'cloudlink'] as const;

export class SessionAdminDto {
  @ApiProperty({ example: 'owner@example.com' })
  email!: string;

  @ApiProperty({ enum: PROVIDERS, description: 'Where this admin has signed in' })
  provider!: 'zoom' | 'cloudlink';

  @ApiProperty({ description: 'Role at the provider, as last seen', example: 'Owner' })
  role!: string;
}

export class SessionDto {
  @ApiProperty({ format: 'uuid', description: 'The one connector that this session is about' })
  connectorId!: string;

  @ApiProperty({ type: SessionAdminDto })
  admin!: SessionAdminDto;

  @ApiProperty({ description: 'For the header x-csrf-token of every request that changes something' })
  csrfToken!: string;

  @ApiProperty({
    description: 'Without anything that a person does, the session ends after so many seconds',
    example: 1800,
  })
  idleSeconds!: number;

  @ApiProperty({ format: 'date-time', description: 'When it ends in any case' })
  expiresAt!: string;
}

export class SandboxAdminDto {
  @ApiProperty({ enum: PROVIDERS })
  provider!: 'zoom' | 'cloudlink';

  @ApiProperty({ description: 'For the parameter `as` of the start', example: 'one.owner' })
  key!: string;

  @ApiProperty({ example: 'owner@example.com' })
  email!: string;

  @ApiProperty({ example: 'owner' })
  role!: string;
}

export class SandboxSignInDto {
  @ApiProperty({ type: [SandboxAdminDto] })
  admins!: SandboxAdminDto[];
}

export class SignInDto {
  @ApiProperty({
    type: SandboxSignInDto,
    nullable: true,
    description: 'Whom the emulated providers would let in as an admin; null with real providers',
  })
  sandbox!: SandboxSignInDto | null;
}
