import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min, MinLength } from 'class-validator';
import { HASH_ALGORITHMS } from '../sip/ha1';
import { ApiAsOf } from './as-of';
import { PLATFORMS, type Platform } from './registration-report';
import { REGISTRATION_STATES, RegistrationDto, SipFailureDto, type RegistrationState } from './status.dto';
import { TargetDto } from './target.dto';
import type { UserFilterFields } from './user-filter';
import { SORT_ORDERS, USER_SORTS, type UserOrder, type UserSort } from './user-order';
import { USER_STATUSES, type UserStatus } from './user-status';

export class UserFilterQuery implements UserFilterFields {
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
    description:
      'Part of the email, the display name or the extension, or, where it has a digit, of the caller ID; in any case, no wildcards. Empty: no search',
    example: 'müller',
  })
  @IsOptional()
  @IsString()
  @MaxLength(254)
  q?: string;

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: 256,
    description:
      'Only users of this PBX: exactly the type (`OSV`) or exactly the site (`Munich`), see `getUserChoices`',
    example: 'Munich',
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(256)
  pbx?: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 100,
    maximum: 699,
    description: 'Only users whose status is `sip_error` for this SIP code: `sip.code`',
    example: 403,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(100)
  @Max(699)
  code?: number;
}

export class ListUsersQuery extends UserFilterQuery {
  @ApiPropertyOptional({
    enum: USER_SORTS,
    default: 'email',
    description:
      '`displayName` and `pbx` (type, then site): as people order names, Ä beside A. `extension`: as numbers. `status`: the worst first (`sip_error`, `pending`, `inactive`, `registered`, `removed`)',
  })
  @IsOptional()
  @IsIn(USER_SORTS)
  sort: UserSort = 'email';

  @ApiPropertyOptional({
    enum: SORT_ORDERS,
    default: 'asc',
    description:
      'Users whose keys are equal follow by email, from a to z; those without a key come last. Both in both directions',
  })
  @IsOptional()
  @IsIn(SORT_ORDERS)
  order: UserOrder['order'] = 'asc';

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 500, default: 100, description: 'Items per page' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit: number = 100;

  @ApiPropertyOptional({
    maxLength: 4000,
    description: 'nextCursor of the page before, with the same filter, `sort` and `order`',
  })
  @IsOptional()
  @IsString()
  @MaxLength(4000)
  cursor?: string;
}

export class UserCountDto {
  @ApiProperty({ type: 'integer', minimum: 0, description: 'How many users the filter lets through', example: 250 })
  count!: number;
}

export class PbxDto {
  @ApiProperty({ description: 'OSV, OS4K or MIVB', example: 'OSV' })
  type!: string;

  @ApiProperty({ example: 'Munich' })
  site!: string;
}

export class PbxChoiceDto extends PbxDto {
  @ApiProperty({ type: 'integer', minimum: 1, example: 120 })
  users!: number;
}

export class CodeChoiceDto {
  @ApiProperty({ type: 'integer', minimum: 100, maximum: 699, example: 403 })
  code!: number;

  @ApiProperty({ type: 'integer', minimum: 1, example: 3 })
  users!: number;
}

export class UserChoicesDto {
  @ApiProperty({ type: [PbxChoiceDto], description: 'For `pbx`; ordered by type, then site' })
  pbx!: PbxChoiceDto[];

  @ApiProperty({ type: [CodeChoiceDto], description: 'For `code`; those of most users first' })
  codes!: CodeChoiceDto[];
}

export class NewestDeviceDto {
  @ApiProperty({
    enum: REGISTRATION_STATES,
    description: '`expired`: what was reported, registered or failed, is too long ago to count',
    example: 'registered',
  })
  state!: RegistrationState;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    minimum: 100,
    maximum: 699,
    description: 'SIP code of the report; null: none',
    example: null,
  })
  code!: number | null;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    description: 'When it was reported',
    example: '2026-11-23T10:00:00.000Z',
  })
  at!: string;
}

export class NewestDevicesDto {
  @ApiProperty({ type: NewestDeviceDto, nullable: true, description: 'null: none has ever reported' })
  desktop!: NewestDeviceDto | null;

  @ApiProperty({ type: NewestDeviceDto, nullable: true, description: 'null: none has ever reported' })
  mobile!: NewestDeviceDto | null;
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
    type: 'string',
    nullable: true,
    description: 'SIP user name, often the telephone number; null while there is no credential',
    example: '+498970072001',
  })
  callerId!: string | null;

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

  @ApiProperty({ type: NewestDevicesDto, description: 'The newest device of each platform' })
  devices!: NewestDevicesDto;

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
  @ApiProperty({ type: [UserDto], description: 'In the order that was asked for' })
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
