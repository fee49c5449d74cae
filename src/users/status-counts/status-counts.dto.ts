import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { MAX_STEPS } from './plan-steps';
import { STATUS_COUNTS_KEPT_DAYS } from './sample-statuses';

const MAX_HOURS = STATUS_COUNTS_KEPT_DAYS * 24;

export class StatusCountsQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_HOURS, default: 24, description: 'How far back' })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_HOURS)
  hours: number = 24;
}

export class SampledCountsDto {
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-11-24T10:05:00.000Z' })
  at!: string;

  @ApiProperty({ type: 'integer', example: 12 })
  pending!: number;

  @ApiProperty({ type: 'integer', example: 30 })
  inactive!: number;

  @ApiProperty({ type: 'integer', example: 200 })
  registered!: number;

  @ApiProperty({ type: 'integer', example: 3 })
  sip_error!: number;
}

export class StatusCountsHistoryDto {
  @ApiProperty({ type: 'integer', description: 'Between two items; a multiple of 300', example: 300 })
  stepSeconds!: number;

  @ApiProperty({
    type: [SampledCountsDto],
    maxItems: MAX_STEPS,
    description: 'Oldest first, the last sample of each step. A step without a sample is left out',
  })
  items!: SampledCountsDto[];
}
