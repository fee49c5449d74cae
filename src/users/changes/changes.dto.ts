import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { CHANGE_KINDS, type ChangeKind } from './change-kinds';

export class ListChangesQuery {
  @ApiPropertyOptional({
    type: 'string',
    maxLength: 200,
    description:
      'nextCursor of the answer before. Absent: from the beginning of what is kept. `now`: no items, only a nextCursor from which to follow',
    example: 'now',
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  cursor?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 1000, default: 200, description: 'Items per page' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  limit: number = 200;
}

export class ChangeDto {
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Zoom user id as it is now; null while Zoom has none',
    example: 'KDcuGIm1QgePTO8WbOqwIQ',
  })
  userId!: string | null;

  @ApiProperty({ description: 'As it is now', example: 'erika.mueller@example.com' })
  email!: string;

  @ApiProperty({
    enum: CHANGE_KINDS,
    isArray: true,
    description:
      'Everything that changed since the cursor, each where it happened last: of `added` (new or back) and `removed` the later one holds. `identity`: another email or Zoom user id. `credential`: user names, realm or a hash came, changed or went',
    example: ['credential'],
  })
  changed!: ChangeKind[];

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    description: 'When the last of these changes was made',
    example: '2026-11-24T10:00:00.000Z',
  })
  at!: string;
}

export class ChangeListDto {
  @ApiProperty({ type: [ChangeDto], description: 'In the order of the changes; each user once until `more` is false' })
  items!: ChangeDto[];

  @ApiProperty({ description: 'Never null: with it the next call goes on, at once or in a month', example: 'AAAA…' })
  nextCursor!: string;

  @ApiProperty({ description: 'Whether there is more to read already', example: false })
  more!: boolean;
}
