import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { UserFilterQuery } from '../users.dto';
import { SEPARATOR_NAMES, type SeparatorName } from './csv-line';

export class ExportUsersQuery extends UserFilterQuery {
  @ApiPropertyOptional({
    enum: SEPARATOR_NAMES,
    default: 'comma',
    description: 'Between two cells. Excel in German opens files with `semicolon`',
  })
  @IsOptional()
  @IsIn(SEPARATOR_NAMES)
  separator: SeparatorName = 'comma';
}
