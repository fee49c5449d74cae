import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsString, Matches, Max, MaxLength, Min, ValidateIf } from 'class-validator';
import type { Membership } from '../../connector/connector.entity';
import { MAX_REMOVAL_LIMIT_PERCENT } from '../../connector/removal-limit';
import { SYNC_INTERVAL_SECONDS } from '../../connector/sync-interval';
import { MAX_NAME_LENGTH, NAME_PATTERN } from './connector-settings';

const MEMBERSHIPS: Membership[] = ['automatic', 'chosen'];
const NAME = { maxLength: MAX_NAME_LENGTH, description: 'What a person knows it by; may be empty', example: 'Zürich' };
const MEMBERSHIP = {
  enum: MEMBERSHIPS,
  description:
    'Who is integrated: every user whom both sides know, or those that an admin added. After a change to `chosen` the next full sync marks the others, and the one after it removes them, or waits for an approval where they are more than the removal limit',
  example: 'automatic',
};
const REMOVAL_LIMIT = {
  type: 'integer',
  nullable: true,
  minimum: 0,
  maximum: MAX_REMOVAL_LIMIT_PERCENT,
  description:
    'Up to this share of its users, or five of them, a sync removes without asking a person; null: the default',
  example: 5,
} as const;
const SYNC_INTERVAL = {
  type: 'integer',
  nullable: true,
  minimum: SYNC_INTERVAL_SECONDS.min,
  maximum: SYNC_INTERVAL_SECONDS.max,
  description:
    'Seconds between two syncs; null: the default. A shorter one takes effect at once, a longer one after the next sync',
  example: 900,
} as const;
const MOBILE_CALLING = {
  description:
    'false: mobile apps are given no registration (409 `mobile_calling_off`); those that are registered lapse. Desktop apps are not touched. The change feed names every user with a credential (`targets`)',
  example: true,
};

const isGiven = (_: unknown, value: unknown): boolean => value !== undefined;
const isSet = (_: unknown, value: unknown): boolean => value !== undefined && value !== null;

/** What is absent stays as it is. */
export class ChangeSettingsDto {
  @ApiPropertyOptional(NAME)
  @ValidateIf(isGiven)
  @IsString()
  @MaxLength(MAX_NAME_LENGTH)
  @Matches(NAME_PATTERN, { message: 'must have no control characters' })
  name?: string;

  @ApiPropertyOptional(MEMBERSHIP)
  @ValidateIf(isGiven)
  @IsIn(MEMBERSHIPS)
  membership?: Membership;

  @ApiPropertyOptional(REMOVAL_LIMIT)
  @ValidateIf(isSet)
  @IsInt()
  @Min(0)
  @Max(MAX_REMOVAL_LIMIT_PERCENT)
  removalLimitPercent?: number | null;

  @ApiPropertyOptional(SYNC_INTERVAL)
  @ValidateIf(isSet)
  @IsInt()
  @Min(SYNC_INTERVAL_SECONDS.min)
  @Max(SYNC_INTERVAL_SECONDS.max)
  syncIntervalSeconds?: number | null;

  @ApiPropertyOptional(MOBILE_CALLING)
  @ValidateIf(isGiven)
  @IsBoolean()
  mobileCalling?: boolean;
}

export class DefaultSettingsDto {
  @ApiProperty({ type: 'integer', example: 5 })
  removalLimitPercent!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Of this deployment; may lie outside what an admin may set',
    example: 900,
  })
  syncIntervalSeconds!: number;
}

export class SettingsDto {
  @ApiProperty(NAME)
  name!: string;

  @ApiProperty(MEMBERSHIP)
  membership!: Membership;

  @ApiProperty(REMOVAL_LIMIT)
  removalLimitPercent!: number | null;

  @ApiProperty(SYNC_INTERVAL)
  syncIntervalSeconds!: number | null;

  @ApiProperty(MOBILE_CALLING)
  mobileCalling!: boolean;

  @ApiProperty({ type: DefaultSettingsDto, description: 'What null stands for' })
  defaults!: DefaultSettingsDto;
}
