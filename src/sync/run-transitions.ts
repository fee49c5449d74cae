import { RUN_STATES, type RunState } from './sync-run';

/**
 * The moves that exist. `running` to itself is no move: a new attempt goes on with the same run.
 * `awaiting_approval` ends as `succeeded` when somebody approves, as `failed` when a newer run replaces it.
 */
export const RUN_MOVES: Record<RunState, readonly RunState[]> = {
  queued: ['running', 'failed'],
  running: ['succeeded', 'failed', 'awaiting_approval'],
  awaiting_approval: ['succeeded', 'failed'],
  succeeded: [],
  failed: [],
};

/** A move that the table does not hold: a bug of ours. */
export class IllegalRunTransition extends Error {
  constructor(
    readonly from: RunState,
    readonly to: RunState,
  ) {
    super(`a sync run cannot move from ${from} to ${to}`);
    this.name = 'IllegalRunTransition';
  }
}

/** Returns `to`. @throws IllegalRunTransition */
export function moveRun(from: RunState, to: RunState): RunState {
  if (!RUN_MOVES[from].includes(to)) throw new IllegalRunTransition(from, to);
  return to;
}

/** The states from which `to` can be reached, for statements that move many runs at once. */
export const statesBefore = (to: RunState): RunState[] => RUN_STATES.filter((from) => RUN_MOVES[from].includes(to));
