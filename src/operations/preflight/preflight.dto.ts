import { ApiProperty } from '@nestjs/swagger';
import { CHECK_CODES, CHECK_STATES, type CheckCode, type CheckState } from './check-codes';

export class CheckDto {
  @ApiProperty({ enum: CHECK_CODES, description: 'Which requirement; stable, for programs', example: 'zoom_role' })
  code!: CheckCode;

  @ApiProperty({
    enum: CHECK_STATES,
    description:
      '`failed`: it cannot work like this; `warning`: for some it does not, or not for long; `manual`: no interface tells, a person has to look; `unknown`: it could not be found out now',
    example: 'failed',
  })
  state!: CheckState;

  @ApiProperty({ description: 'The requirement', example: 'The Zoom admin holds the privileges' })
  title!: string;

  @ApiProperty({
    description: 'What was seen',
    example: 'olga.owner@example.com has the role “IT Admin”, which lacks SipPhone:Read, SipPhone:Edit.',
  })
  evidence!: string;

  @ApiProperty({ type: String, nullable: true, description: 'How to mend it; null: there is nothing to do' })
  nextStep!: string | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'How many users it concerns; null: the check is not about single users',
    example: 3,
  })
  usersAffected!: number | null;

  @ApiProperty({ type: [String], description: 'The first few of them by email', example: ['anna.a@example.com'] })
  examples!: string[];

  @ApiProperty({ description: 'The vendor documents no such check: the conclusion is an assumption of this service' })
  isAssumption!: boolean;
}

export class CheckCountsDto {
  @ApiProperty({ type: 'integer', example: 14 })
  ok!: number;

  @ApiProperty({ type: 'integer', example: 2 })
  warning!: number;

  @ApiProperty({ type: 'integer', example: 1 })
  failed!: number;

  @ApiProperty({ type: 'integer', example: 2 })
  manual!: number;

  @ApiProperty({ type: 'integer', example: 1 })
  unknown!: number;
}

/** Everything that a customer has to set up, and whether it is. */
export class PreflightDto {
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    description: 'When both sides were looked at; the same answer is given for half a minute',
  })
  checkedAt!: string;

  @ApiProperty({ type: CheckCountsDto, description: 'Checks per state' })
  counts!: CheckCountsDto;

  @ApiProperty({ type: [CheckDto], description: 'Always all checks, in the same order' })
  items!: CheckDto[];
}
