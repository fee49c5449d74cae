import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsString, MaxLength, MinLength } from 'class-validator';
import { UserStatusDto } from './status.dto';

export const MAX_STATUSES = 500;

export class StatusesRequest {
  @ApiProperty({
    type: [String],
    minItems: 1,
    maxItems: MAX_STATUSES,
    description: 'Zoom user ids, or email addresses (in any case)',
    example: ['erika.mueller@example.com', 'KDcuGIm1QgePTO8WbOqwIQ'],
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_STATUSES)
  @IsString({ each: true })
  @MinLength(1, { each: true })
  @MaxLength(254, { each: true })
  users!: string[];
}

export class StatusesDto {
  @ApiProperty({ type: [UserStatusDto], description: 'In the order of the request, each user once' })
  items!: UserStatusDto[];

  @ApiProperty({ type: [String], description: 'Those of the request who are no users of this connector' })
  unknown!: string[];
}
