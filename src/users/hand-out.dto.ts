import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { NEXT_TARGET_CODES, SAME_TARGET_CODES, STOP_CODES } from '../sip/failover';
import { HASH_ALGORITHMS } from '../sip/ha1';
import { PLACES } from '../sip/place-of';
import { ApiAsOf } from './as-of';
import { PLATFORMS, type Platform } from './registration-report';
import { TargetDto } from './target.dto';

const HA1 = '7987c64c30e25f1b74be53f966b49b90f2808aa92faf9a00262392d7b4794232';

export class HandOutQuery {
  @ApiProperty({ enum: PLATFORMS, description: 'Which app asks: it decides the targets' })
  @IsIn(PLATFORMS)
  platform!: Platform;
}

export class HashDto {
  @ApiProperty({ enum: HASH_ALGORITHMS, example: 'SHA-256' })
  algorithm!: string;

  @ApiProperty({
    pattern: '^([0-9a-f]{32}|[0-9a-f]{64})$',
    description: 'H(authUserName:realm:password), lower-case hexadecimal. As good as the password: keep it secret',
    example: HA1,
  })
  ha1!: string;
}

export class SipAccountDto extends HashDto {
  @ApiProperty({ description: 'User part of the SIP address, often the phone number', example: '+498970072001' })
  userName!: string;

  @ApiProperty({ description: 'User name of the digest', example: '2001' })
  authUserName!: string;

  @ApiProperty({ description: 'The hash is valid in this realm only', example: 'osv.example.com' })
  realm!: string;
}

export class FeaturesDto {
  @ApiProperty({
    description: 'Whether a mobile app may register (`mobileCalling` of the settings) and has a place for it',
    example: true,
  })
  mobile!: boolean;

  @ApiProperty({
    type: 'boolean',
    nullable: true,
    description:
      'Whether the user has a Zoom Phone licence besides, so that the app has two lines. null: not known, because the user is new or the app lacks an optional scope of Zoom (see `zoomPhone` of the connector)',
    example: false,
  })
  hybrid!: boolean | null;
}

export class FailoverCodesDto {
  @ApiProperty({ type: 'array', items: { type: 'integer' }, example: [...STOP_CODES] })
  codes!: number[];
}

export class NextTargetDto {
  @ApiProperty({ type: 'array', items: { type: 'integer' }, example: [...NEXT_TARGET_CODES] })
  codes!: number[];

  @ApiProperty({ description: 'Always true: also when DNS, TCP or TLS fails, or nothing comes back', example: true })
  withoutAnswer!: boolean;
}

/** Written out for apps; sip/failover.ts is where it is decided. */
export class FailoverDto {
  @ApiProperty({
    type: NextTargetDto,
    description: 'Failures of a target: try the next one. Retry-After says for how long this one is left alone',
  })
  nextTarget!: NextTargetDto;

  @ApiProperty({
    type: FailoverCodesDto,
    description: `${SAME_TARGET_CODES.join(', ')}: ask the same target again, for as long as Min-Expires says`,
  })
  sameTarget!: FailoverCodesDto;

  @ApiProperty({
    type: FailoverCodesDto,
    description:
      'Refusals of the user: never try the next target. 401 and 407 count when the credential was sent and `stale` is not true',
  })
  stop!: FailoverCodesDto;

  @ApiProperty({ enum: ['stop'], description: 'After any other code', example: 'stop' })
  otherwise!: string;
}

export class DevicesDto {
  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: 2,
    description: 'How many devices of the user may be registered at once; a registrar answers one more with 503',
    example: 2,
  })
  limit!: number;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    description: 'How many are registered now, as they reported',
    example: 1,
  })
  registered!: number;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'One per device; null: unknown. 0 sets no limit here: CloudLink may simply not count them',
    example: 2,
  })
  teleworkerLicences!: number | null;
}

export class HandOutDto {
  @ApiProperty({ type: SipAccountDto, description: 'With the strongest algorithm at hand' })
  sip!: SipAccountDto;

  @ApiProperty({
    type: [HashDto],
    description: 'One hash per algorithm at hand, strongest first, for registrars that offer only the other one',
  })
  credentials!: HashDto[];

  @ApiProperty({
    enum: PLACES,
    description:
      'Where the request comes from. `unknown`: no networks are kept for the site of the user. An app whose address is not known is taken to be remote',
    example: 'remote',
  })
  place!: string;

  @ApiProperty({
    type: [TargetDto],
    description:
      'In the order in which to try them. Desktop on site: PBX, SBC, backup SBC. All others: SBC, backup SBC; a desktop at an unknown place gets the PBX where there is no SBC. Empty when there is no place to register with',
  })
  targets!: TargetDto[];

  @ApiProperty({ type: FailoverDto, description: 'What to do when a target fails' })
  failover!: FailoverDto;

  @ApiProperty({ type: 'integer', description: 'Seconds to ask the registrar for', example: 3600 })
  registrationExpires!: number;

  @ApiProperty({ type: DevicesDto })
  devices!: DevicesDto;

  @ApiProperty({ type: FeaturesDto })
  features!: FeaturesDto;

  @ApiAsOf()
  asOf!: string | null;
}
