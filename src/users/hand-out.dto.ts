import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { HASH_ALGORITHMS } from '../sip/ha1';
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
  @ApiProperty({ description: 'Whether a mobile app has a place to register with', example: true })
  mobile!: boolean;
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
    type: [TargetDto],
    description:
      'In the order in which to try them. Every app is taken to be outside the office network: SBC, then backup SBC; a desktop app gets the PBX where there is no SBC. Empty when this platform has no place to register with',
  })
  targets!: TargetDto[];

  @ApiProperty({ type: 'integer', description: 'Seconds to ask the registrar for', example: 3600 })
  registrationExpires!: number;

  @ApiProperty({ type: FeaturesDto })
  features!: FeaturesDto;

  @ApiAsOf()
  asOf!: string | null;
}
