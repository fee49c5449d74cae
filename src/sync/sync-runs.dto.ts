import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { RUN_MODES, type RunMode } from './run-mode';
import { RUN_PHASES, RUN_STATES, RUN_TRIGGERS, type SyncRun } from './sync-run';
import type { SyncProblem } from './sync-problem.repository';
import type { WatchedRun } from './run-progress';
import type { Page } from './sync-runs';

export class StartSyncQuery {
  @ApiPropertyOptional({
    enum: RUN_MODES,
    default: 'full',
    description: '`delta`: only what has changed at CloudLink, where that is possible; the answer says what it became',
  })
  @IsOptional()
  @IsIn(RUN_MODES)
  mode: RunMode = 'full';
}

export class SyncCountsDto {
  @ApiProperty({ type: 'integer', description: 'Items of CloudLink, usable or not', example: 250 })
  read!: number;

  @ApiProperty({ type: 'integer', description: 'Users who are new, or back after their removal', example: 3 })
  created!: number;

  @ApiProperty({ type: 'integer', description: 'Users of whom something changed', example: 5 })
  updated!: number;

  @ApiProperty({ type: 'integer', description: 'Users of whom nothing changed', example: 238 })
  unchanged!: number;

  @ApiProperty({ type: 'integer', description: 'Users who left Zoom or CloudLink', example: 0 })
  removed!: number;

  @ApiProperty({ type: 'integer', description: 'Users who could not be used; see the problems of the run', example: 4 })
  problems!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Users whom the run did not find: removed if an earlier complete run did not find them either',
    example: 0,
  })
  missing!: number;
}

export class SyncErrorDto {
  @ApiProperty({ description: 'Stable, for programs', example: 'provider_unavailable' })
  code!: string;

  @ApiProperty({ description: 'For a person', example: 'CloudLink cannot be reached (ETIMEDOUT).' })
  message!: string;
}

export class SyncRunDto {
  @ApiProperty({ format: 'uuid', example: '0b6b7c52-3c0e-4a0e-9d8e-6e1f3d8c2a11' })
  id!: string;

  @ApiProperty({ format: 'uuid', example: '5a1f4a9e-0f5e-4f4e-8a51-1c5c7f1f2b33' })
  connectorId!: string;

  @ApiProperty({ enum: RUN_TRIGGERS, example: 'manual' })
  trigger!: string;

  @ApiProperty({
    enum: RUN_MODES,
    example: 'full',
    description:
      '`full`: both sides are read whole. `delta`: only the users whom CloudLink has changed; nobody is removed. A delta that is not possible becomes full',
  })
  mode!: RunMode;

  @ApiProperty({
    enum: RUN_STATES,
    example: 'running',
    description: '`awaiting_approval`: everything is stored, but too many users are missing; nobody was removed',
  })
  state!: string;

  @ApiProperty({
    enum: RUN_PHASES,
    example: 'cloudlink_users',
    description: 'A failed run keeps the phase it failed in',
  })
  phase!: string;

  @ApiProperty({ type: SyncCountsDto, description: 'Grows with each page while the run is running' })
  counts!: SyncCountsDto;

  @ApiProperty({
    type: SyncErrorDto,
    nullable: true,
    description: 'Why the run failed, why a running one waits for its next attempt, or what is to be approved',
  })
  error!: SyncErrorDto | null;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-11-23T10:00:00.000Z' })
  createdAt!: string;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: '2026-11-23T10:00:00.100Z' })
  startedAt!: string | null;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: '2026-11-23T10:00:02.300Z' })
  finishedAt!: string | null;
}

export class SyncProgressDto {
  @ApiProperty({ enum: RUN_PHASES, example: 'cloudlink_users' })
  phase!: string;

  @ApiProperty({
    type: 'integer',
    description: 'Users of Zoom (`zoom_users`) or items of CloudLink (later phases) that are stored',
    example: 45500,
  })
  read!: number;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description:
      'How many there will probably be: as many as the last successful run read; in a first sync CloudLink is expected to have as many as Zoom. null: not known, or there are more',
    example: 100000,
  })
  expected!: number | null;

  @ApiProperty({
    type: 'number',
    description: 'Since the phase began, waits included; 0 where nothing is read (yet)',
    example: 5203.4,
  })
  usersPerSecond!: number;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Until the end of the phase, at that rate; null: not known',
    example: 11,
  })
  secondsLeft!: number | null;
}

/** One run, for whoever waits for its end. */
export class WatchedSyncRunDto extends SyncRunDto {
  @ApiProperty({
    type: SyncProgressDto,
    nullable: true,
    description: 'How far a queued or running run has come in its present phase; null when it has ended',
  })
  progress!: SyncProgressDto | null;
}

export class SyncRunListDto {
  @ApiProperty({ type: [SyncRunDto] })
  items!: SyncRunDto[];

  @ApiProperty({ type: 'string', nullable: true, description: 'null on the last page', example: null })
  nextCursor!: string | null;
}

export class SyncProblemDto {
  @ApiProperty({ description: 'Stable, for programs', example: 'duplicate_email' })
  code!: string;

  @ApiProperty({ type: 'string', nullable: true, example: 'erika.mueller@example.com' })
  email!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: '8f14e45f-ceea-467f-a0e6-1f2d3c4b5a69' })
  cloudlinkUserId!: string | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'Which field of CloudLink is wrong', example: 'email' })
  field!: string | null;

  @ApiProperty({
    description: 'For a person; never quotes a secret',
    example: 'Another CloudLink user has the same email address.',
  })
  detail!: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-11-23T10:00:01.000Z' })
  createdAt!: string;
}

export class SyncProblemListDto {
  @ApiProperty({ type: [SyncProblemDto] })
  items!: SyncProblemDto[];

  @ApiProperty({ type: 'string', nullable: true, description: 'null on the last page', example: null })
  nextCursor!: string | null;
}

export function toRunDto(run: SyncRun): SyncRunDto {
  return {
    id: run.runId,
    connectorId: run.connectorId,
    trigger: run.trigger,
    mode: run.mode,
    state: run.state,
    phase: run.phase,
    counts: run.counts,
    error: run.error,
    createdAt: run.createdAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
  };
}

export function toWatchedRunDto(run: WatchedRun): WatchedSyncRunDto {
  return { ...toRunDto(run), progress: run.progress };
}

export function toRunListDto(page: Page<SyncRun>): SyncRunListDto {
  return { items: page.items.map(toRunDto), nextCursor: page.nextCursor };
}

export function toProblemListDto(page: Page<SyncProblem>): SyncProblemListDto {
  const items = page.items.map(({ code, email, cloudlinkUserId, field, detail, createdAt }) => ({
    code,
    email,
    cloudlinkUserId,
    field,
    detail,
    createdAt: createdAt.toISOString(),
  }));
  return { items, nextCursor: page.nextCursor };
}
