import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { SEPARATOR_NAMES } from '../export/csv-line';
import { ENCODINGS } from './decode-text';
import { FILE_FAULTS, LINE_FAULTS } from './import-problem';

const BOOLEANS = ['true', 'false'] as const;
type BooleanText = (typeof BOOLEANS)[number];

export class ImportUsersQuery {
  @ApiPropertyOptional({
    enum: BOOLEANS,
    default: 'false',
    description: '`true`: say what would change, change nothing',
  })
  @IsOptional()
  @IsIn(BOOLEANS)
  dryRun: BooleanText = 'false';

  @ApiPropertyOptional({
    enum: BOOLEANS,
    default: 'false',
    description:
      '`true`: apply the good lines although others are invalid. Otherwise one bad line keeps all from being applied',
  })
  @IsOptional()
  @IsIn(BOOLEANS)
  skipInvalid: BooleanText = 'false';
}

export class ImportProblemDto {
  @ApiProperty({ type: 'integer', description: 'As an editor counts, from 1', example: 17 })
  line!: number;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'As the header of the file names it; null: the line as a whole, or the file',
    example: 'E-Mail',
  })
  column!: string | null;

  @ApiProperty({
    enum: [...FILE_FAULTS, ...LINE_FAULTS, 'duplicate'],
    description: 'Stable, for programs',
    example: 'email_form',
  })
  code!: string;

  @ApiProperty({
    enum: ['error', 'notice'],
    description: '`notice`: nothing is wrong, but the line changes nothing (`duplicate`)',
    example: 'error',
  })
  severity!: string;

  @ApiProperty({ description: 'For a person', example: 'This is not an email address.' })
  rule!: string;

  @ApiProperty({ description: 'What stands there, shortened', example: 'erika.mueller' })
  value!: string;
}

export class ImportResultDto {
  @ApiProperty()
  dryRun!: boolean;

  @ApiProperty({
    description: 'Whether anything has been changed. Where it is false, the numbers of users say what would change',
  })
  applied!: boolean;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'When it was applied, as in the entry `users.imported` of the audit',
    example: null,
  })
  at!: string | null;

  @ApiProperty({
    enum: ['automatic', 'chosen'],
    description:
      'Of the connector. Where it is `automatic`, syncs bring the users by themselves, and adding them by hand only pins them',
    example: 'chosen',
  })
  membership!: string;

  @ApiProperty({ description: 'False: the file as a whole cannot be used; the last problem says why' })
  usable!: boolean;

  @ApiProperty({
    type: 'integer',
    description: 'Records in the file, without the header and blank lines',
    example: 250,
  })
  lines!: number;

  @ApiProperty({ type: 'integer', description: 'Users who are new, or back after a removal', example: 200 })
  added!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Users whom a sync had brought: now no sync takes them out for having left CloudLink',
    example: 12,
  })
  pinned!: number;

  @ApiProperty({ type: 'integer', description: 'Users who had been added by hand before', example: 30 })
  alreadyThere!: number;

  @ApiProperty({ type: 'integer', description: 'Users taken out, with their SIP credential', example: 3 })
  removed!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Users no longer pinned: where membership is `automatic`, the next sync decides whether they stay',
    example: 0,
  })
  released!: number;

  @ApiProperty({ type: 'integer', description: 'Users to take out whom nobody had added by hand', example: 1 })
  notThere!: number;

  @ApiProperty({ type: 'integer', description: 'Lines whose user stands in a line before', example: 2 })
  duplicates!: number;

  @ApiProperty({ type: 'integer', description: 'Lines that cannot be used', example: 2 })
  invalid!: number;

  @ApiProperty({ type: [ImportProblemDto], description: 'By line; the first 1 000' })
  problems!: ImportProblemDto[];

  @ApiProperty({ description: 'Whether there are more problems than are shown: ask for `text/csv`' })
  problemsCut!: boolean;

  @ApiProperty({ enum: ENCODINGS, description: 'How the file was read', example: 'utf-8' })
  encoding!: string;

  @ApiProperty({ enum: SEPARATOR_NAMES, example: 'semicolon' })
  separator!: string;

  @ApiProperty({ type: [String], description: 'Columns that mean nothing here', example: ['Abteilung'] })
  ignoredColumns!: string[];
}
