import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsObject, IsString, MaxLength, ValidateNested } from 'class-validator';
import { MAX_NETWORKS, MAX_SITE_LENGTH } from './check-networks';

const CIDR = {
  description: 'IPv4 or IPv6, with its prefix and nothing set after it; not /0',
  example: '10.20.0.0/16',
};

export class NewOnsiteNetworkDto {
  @ApiProperty({ ...CIDR, maxLength: 64 })
  @IsString()
  @MaxLength(64)
  cidr!: string;

  @ApiPropertyOptional({
    maxLength: MAX_SITE_LENGTH,
    default: '',
    description: 'Counts only for users whose PBX is at this site (`pbx.site`, in any case). Empty: for all users',
    example: 'Munich',
  })
  @IsString()
  @MaxLength(MAX_SITE_LENGTH)
  site: string = '';
}

export class PutOnsiteNetworksDto {
  @ApiProperty({ type: [NewOnsiteNetworkDto], maxItems: MAX_NETWORKS, description: 'Replaces all that were there' })
  @IsArray()
  @ArrayMaxSize(MAX_NETWORKS)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => NewOnsiteNetworkDto)
  items!: NewOnsiteNetworkDto[];
}

export class OnsiteNetworkDto {
  @ApiProperty(CIDR)
  cidr!: string;

  @ApiProperty({ description: 'Empty: counts for users of every site', example: 'Munich' })
  site!: string;
}

export class OnsiteNetworkListDto {
  @ApiProperty({
    type: [OnsiteNetworkDto],
    description: 'By site, then by network, each once and in canonical spelling',
  })
  items!: OnsiteNetworkDto[];
}
