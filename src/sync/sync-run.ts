import type { Checkpoint } from './checkpoint';
import type { RunMode } from './run-mode';

export const RUN_STATES = ['queued', 'running', 'succeeded', 'failed', 'awaiting_approval'] as const;
export type RunState = (typeof RUN_STATES)[number];

export const RUN_TRIGGERS = ['connect', 'manual', 'schedule'] as const;
export type RunTrigger = (typeof RUN_TRIGGERS)[number];

export const RUN_PHASES = ['zoom_users', 'cloudlink_users', 'removal', 'done'] as const;
export type RunPhase = (typeof RUN_PHASES)[number];

/** `read`: items of CloudLink, usable or not. `missing`: users whom the end of the run did not find any more. */
export interface RunCounts {
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  removed: number;
  problems: number;
  missing: number;
}

export const NO_COUNTS: RunCounts = {
  read: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  removed: 0,
  problems: 0,
  missing: 0,
};

/** One pull of the users of both sides, or of the changes of one. */
export interface SyncRun {
  connectorId: string;
  runId: string;
  trigger: RunTrigger;
  mode: RunMode;
  state: RunState;
  phase: RunPhase;
  counts: RunCounts;
  error: { code: string; message: string } | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

/** A run in the hands of a worker. */
export interface HeldRun extends SyncRun {
  /** The token of whoever holds it, new each time that it is taken. */
  leaseOwner: string;
  /** Failures and interruptions since the last page that was stored. */
  attempts: number;
  /** How often a webhook has changed what the run has read. */
  hintCount: number;
  /** Whether a page of it has been stored. */
  hasPages: boolean;
  checkpoint: Checkpoint;
}

/** Names a run within one worker's hands: every write of a run checks that the owner still holds it. */
export type RunKey = Pick<HeldRun, 'connectorId' | 'runId' | 'leaseOwner'>;
