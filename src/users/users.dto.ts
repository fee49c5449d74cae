import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { HASH_ALGORITHMS } from '../sip/ha1';
import { ApiAsOf } from './as-of';
import { PLATFORMS, type Platform } from './registration-report';
import { RegistrationDto, SipFailureDto } from './status.dto';
import { TargetDto } from './target.dto';
import { USER_STATUSES, type UserStatus } from './user-status';

export class ListUsersQuery {
  @ApiPropertyOptional({
    enum: USER_STATUSES,
    description: 'Only users of this status. Absent: all but the removed ones',
  })
  @IsOptional()
  @IsIn(USER_STATUSES)
  status?: UserStatus;

  @ApiPropertyOptional({ enum: PLATFORMS, description: 'Only users with a live registration of this platform' })
  @IsOptional()
  @IsIn(PLATFORMS)
  platform?: Platform;

  @ApiPropertyOptional({
    enum: ['true', 'false'],
    description:
      '`true`: only users whom the last complete sync did not find (see `missingSince`); `false`: only the others',
  })
  @IsOptional()
  @IsIn(['true', 'false'])
  missing?: 'true' | 'false';

  @ApiPropertyOptional({
    maxLength: 254,
    description: 'Part of the email, the display name or the extension, in any case; no wildcards. Empty: no search',
    example: 'müller',
  })
  @IsOptional()
  @IsString()
  @MaxLength(254)
  q?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 500, default: 100, description: 'Items per page' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit: number = 100;

  @ApiPropertyOptional({ maxLength: 1500, description: 'nextCursor of the page before, with the same filter' })
  @IsOptional()
  @IsString()
  @MaxLength(1500)
  cursor?: string;
}

export class PbxDto {
  @ApiProperty({ description: 'OSV, OS4K or MIVB', example: 'OSV' })
  type!: string;

  @ApiProperty({ example: 'Munich' })
  site!: string;
}

export class UserDto {
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Zoom user id; null while Zoom has none',
    example: 'KDcuGIm1QgePTO8WbOqwIQ',
  })
  userId!: string | null;

  @ApiProperty({ example: 'erika.mueller@example.com' })
  email!: string;

  @ApiProperty({ description: 'May be empty', example: 'Erika Müller' })
  displayName!: string;

  @ApiProperty({ type: 'string', nullable: true, example: '2001' })
  extension!: string | null;

  @ApiProperty({ type: PbxDto, nullable: true })
  pbx!: PbxDto | null;

  @ApiProperty({
    enum: ['automatic', 'chosen'],
    description: '`chosen`: an admin added the user',
    example: 'automatic',
  })
  membership!: string;

  @ApiProperty({ enum: USER_STATUSES, example: 'registered' })
  status!: string;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    description: 'When the present status began',
    example: '2026-11-23T10:00:00.000Z',
  })
  since!: string;

  @ApiProperty({ type: SipFailureDto, nullable: true, description: 'The failure behind `sip_error`, else null' })
  sip!: SipFailureDto | null;

  @ApiProperty({
    enum: PLATFORMS,
    isArray: true,
    description: 'Platforms with a live registration',
    example: ['desktop'],
  })
  platforms!: string[];

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'When a sync last wrote this user',
    example: '2026-11-23T08:00:00.000Z',
  })
  syncedAt!: string | null;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description:
      'Since when complete syncs have not found the user at Zoom or CloudLink: the user is removed if the next one does not either. null: found',
    example: null,
  })
  missingSince!: string | null;
}

export class UserListDto {
  @ApiProperty({ type: [UserDto], description: 'Ordered by email' })
  items!: UserDto[];

  @ApiProperty({ type: 'string', nullable: true, description: 'null on the last page', example: null })
  nextCursor!: string | null;
}

export class LicencesDto {
  @ApiProperty({
    type: 'boolean',
    nullable: true,
    description: 'Mitel ZoomPSI or Hybrid; null: unknown',
    example: true,
  })
  zoomPsi!: boolean | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Number of Teleworker licences; null: unknown',
    example: 2,
  })
  teleworker!: number | null;
}

export class CredentialDto {
  @ApiProperty({
    enum: ['none', 'ready', 'revoked'],
    description: 'What CloudLink says of the SIP credential of the user',
    example: 'ready',
  })
  state!: string;

  @ApiProperty({ type: 'string', nullable: true, example: '+498970072001' })
  userName!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: '2001' })
  authUserName!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'osv.example.com' })
  realm!: string | null;

  @ApiProperty({
    enum: HASH_ALGORITHMS,
    isArray: true,
    description: 'Algorithms for which a hash is stored; the hashes are never shown here',
    example: ['SHA-256', 'MD5'],
  })
  algorithms!: string[];

  @ApiProperty({ type: [TargetDto], description: 'Registration targets as CloudLink gives them' })
  targets!: TargetDto[];
}

export class UserDetailDto extends UserDto {
  @ApiProperty({ type: 'string', nullable: true, example: '8f14e45f-ceea-467f-a0e6-1f2d3c4b5a69' })
  cloudlinkUserId!: string | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    enum: ['active', 'inactive', 'pending', null],
    description: 'What Zoom says of the user; null: Zoom does not list the user',
    example: 'active',
  })
  zoomStatus!: string | null;

  @ApiProperty({
    type: 'boolean',
    nullable: true,
    description: 'Whether Zoom has given the user a Zoom Phone licence besides; null: not known (yet)',
    example: false,
  })
  zoomPhone!: boolean | null;

  @ApiProperty({ type: LicencesDto })
  licences!: LicencesDto;

  @ApiProperty({ type: CredentialDto })
  credential!: CredentialDto;

  @ApiProperty({ type: [RegistrationDto], description: 'What each device last reported, newest first' })
  registrations!: RegistrationDto[];

  @ApiAsOf()
  asOf!: string | null;
}
