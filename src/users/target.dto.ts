import { ApiProperty } from '@nestjs/swagger';
import { TARGET_ROLES, TRANSPORTS } from '../sip/parse-target';

export class TargetDto {
  @ApiProperty({ enum: TARGET_ROLES, example: 'sbc' })
  role!: string;

  @ApiProperty({ description: 'IPv4, IPv6 without brackets, or a DNS name', example: '192.0.2.10' })
  host!: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 65_535, example: 5061 })
  port!: number;

  @ApiProperty({ enum: TRANSPORTS, example: 'tls' })
  transport!: string;
}
