import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RunMode } from './run-mode';
import type { RunPhase, RunState, RunTrigger, SyncRun } from './sync-run';

/** A sync run for the admin lists. Workers write these rows with SQL of their own (sync-run.repository.ts). */
@Entity('sync_runs')
export class SyncRunEntity {
  @PrimaryColumn('uuid', { name: 'connector_id' })
  connectorId!: string;

  @PrimaryColumn('uuid', { name: 'run_id' })
  runId!: string;

  @Column('text')
  trigger!: RunTrigger;

  @Column('text')
  mode!: RunMode;

  @Column('text')
  state!: RunState;

  @Column('text')
  phase!: RunPhase;

  @Column('integer', { name: 'read_count' })
  readCount!: number;

  @Column('integer', { name: 'created_count' })
  createdCount!: number;

  @Column('integer', { name: 'updated_count' })
  updatedCount!: number;

  @Column('integer', { name: 'unchanged_count' })
  unchangedCount!: number;

  @Column('integer', { name: 'removed_count' })
  removedCount!: number;

  @Column('integer', { name: 'problem_count' })
  problemCount!: number;

  @Column('integer', { name: 'missing_count' })
  missingCount!: number;

  @Column('text', { name: 'error_code', nullable: true })
  errorCode!: string | null;

  @Column('text', { name: 'error_detail', nullable: true })
  errorDetail!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'started_at', nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;

  toRun(): SyncRun {
    return {
      connectorId: this.connectorId,
      runId: this.runId,
      trigger: this.trigger,
      mode: this.mode,
      state: this.state,
      phase: this.phase,
      counts: {
        read: this.readCount,
        created: this.createdCount,
        updated: this.updatedCount,
        unchanged: this.unchangedCount,
        removed: this.removedCount,
        problems: this.problemCount,
        missing: this.missingCount,
      },
      error: this.errorCode === null ? null : { code: this.errorCode, message: this.errorDetail ?? '' },
      createdAt: this.createdAt,
      startedAt: this.startedAt,
      finishedAt: this.finishedAt,
    };
  }
}
