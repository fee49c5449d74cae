import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { isHost, TARGET_ROLES, TRANSPORTS, type TargetRole, type Transport } from '../sip/parse-target';
import { SIP_SOURCES, type SipSource } from '../sip/sip-source';
import { PARAM_MAX, PRID_MAX, PROVIDER_FORM, VISIBLE } from './push/push-address';
import { OUTCOMES, PLATFORMS, type Outcome, type Platform } from './registration-report';

export const MAX_EXPIRES_IN = 7 * 24 * 3600;

const IsHost = (): PropertyDecorator =>
  ValidateBy({
    name: 'isHost',
    validator: {
      validate: (value) => typeof value === 'string' && isHost(value),
      defaultMessage: () => 'must be an IP address or a DNS name',
    },
  });

export class ReportTargetDto {
  @ApiPropertyOptional({ type: 'string', enum: [...TARGET_ROLES, null], nullable: true, example: 'sbc' })
  @IsOptional()
  @IsIn(TARGET_ROLES)
  role?: TargetRole | null;

  @ApiProperty({
    description: 'IPv4, IPv6 without brackets, or a DNS name',
    minLength: 1,
    maxLength: 253,
    example: '192.0.2.10',
  })
  @MaxLength(253)
  @IsHost()
  host!: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 65_535, example: 5061 })
  @IsInt()
  @Min(1)
  @Max(65_535)
  port!: number;

  @ApiProperty({ enum: TRANSPORTS, example: 'tls' })
  @IsIn(TRANSPORTS)
  transport!: Transport;
}

export class ReportSipDto {
  @ApiProperty({
    type: 'integer',
    minimum: 100,
    maximum: 699,
    description: 'With the outcome `failed` at least 300',
    example: 503,
  })
  @IsInt()
  @Min(100)
  @Max(699)
  code!: number;

  @ApiPropertyOptional({ maxLength: 255, default: '', description: 'Reason phrase', example: 'Service Unavailable' })
  @IsString()
  @MaxLength(255)
  reason: string = '';

  @ApiProperty({
    enum: SIP_SOURCES,
    description: 'Who made the code: a SIP answer on the wire, the app itself, or DNS, TCP or TLS',
    example: 'registrar',
  })
  @IsIn(SIP_SOURCES)
  source!: SipSource;
}

export class ReportPushDto {
  @ApiProperty({ maxLength: 32, description: '`pn-provider` of the Contact', example: 'apns' })
  @IsString()
  @Matches(PROVIDER_FORM, { message: '$property must have at most 32 letters, digits, dots, - and _' })
  provider!: string;

  @ApiPropertyOptional({ maxLength: PARAM_MAX, default: '', description: '`pn-param` of the Contact' })
  @IsString()
  @MaxLength(PARAM_MAX)
  @Matches(VISIBLE, { message: '$property must have visible ASCII characters only' })
  param: string = '';

  @ApiProperty({ minLength: 1, maxLength: PRID_MAX, description: '`pn-prid` of the Contact' })
  @IsString()
  @MinLength(1)
  @MaxLength(PRID_MAX)
  @Matches(VISIBLE, { message: '$property must have visible ASCII characters only' })
  prid!: string;
}

export class ReportRegistrationDto {
  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    minimum: 0,
    maximum: Number.MAX_SAFE_INTEGER,
    description:
      'Grows with every report of this device (a counter, or the device’s clock in milliseconds). A report whose number is not higher than that of the last one stored was overtaken on the way: it is answered 204 and changes nothing. Without it the later arrival counts.',
    example: 1_764_061_200_000,
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  sequence?: number | null;

  @ApiProperty({ enum: PLATFORMS, example: 'desktop' })
  @IsIn(PLATFORMS)
  platform!: Platform;

  @ApiPropertyOptional({ type: 'string', nullable: true, maxLength: 64, example: '6.3.1' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  appVersion?: string | null;

  @ApiProperty({ enum: OUTCOMES, example: 'registered' })
  @IsIn(OUTCOMES)
  outcome!: Outcome;

  @ApiPropertyOptional({ type: ReportTargetDto, nullable: true, description: 'Where the app registers' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ReportTargetDto)
  target?: ReportTargetDto | null;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    minimum: 0,
    maximum: MAX_EXPIRES_IN,
    description:
      'Seconds for which the registrar granted the registration. Required, and at least 1, when the outcome is `registered`; else without effect',
    example: 3600,
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_EXPIRES_IN)
  expiresIn?: number | null;

  @ApiPropertyOptional({
    type: ReportSipDto,
    nullable: true,
    description: 'Required when the outcome is `failed`',
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ReportSipDto)
  sip?: ReportSipDto | null;

  @ApiPropertyOptional({
    type: ReportPushDto,
    nullable: true,
    description:
      'By what the device can be woken (RFC 8599), unescaped. Absent: as before; null: not any more. Kept as a keyed hash',
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ReportPushDto)
  push?: ReportPushDto | null;
}
