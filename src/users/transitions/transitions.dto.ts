import { ApiProperty } from '@nestjs/swagger';
import { PLATFORMS } from '../registration-report';
import { SipFailureDto } from '../status.dto';
import { USER_STATUSES } from '../user-status';

export class TransitionFailureDto extends SipFailureDto {
  @ApiProperty({ enum: PLATFORMS, description: 'Which device failed', example: 'desktop' })
  platform!: string;
}

export class TransitionDto {
  @ApiProperty({ enum: USER_STATUSES, example: 'registered' })
  previous!: string;

  @ApiProperty({ enum: USER_STATUSES, example: 'sip_error' })
  status!: string;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    description: 'When the status began; where it ran out, the moment at which it did',
    example: '2026-11-25T10:00:00.000Z',
  })
  at!: string;

  @ApiProperty({
    type: TransitionFailureDto,
    nullable: true,
    description: 'The failure behind `sip_error`, else null',
  })
  sip!: TransitionFailureDto | null;
}

export class TransitionListDto {
  @ApiProperty({ type: [TransitionDto], description: 'Newest first, at most 50' })
  items!: TransitionDto[];
}
