import { USER_STATUSES, type UserStatus } from './user-status';

/**
 * The moves that exist. `pending` never becomes `registered` or `sip_error` in one move: without a credential nothing
 * can register, so the credential must have come first (`inactive`).
 */
export const MOVES: Record<UserStatus, readonly UserStatus[]> = {
  pending: ['inactive', 'removed'],
  inactive: ['registered', 'sip_error', 'pending', 'removed'],
  registered: ['inactive', 'sip_error', 'pending', 'removed'],
  sip_error: ['registered', 'inactive', 'pending', 'removed'],
  removed: ['pending', 'inactive'],
};

/** A move that the table does not hold: a bug of ours, never the fault of a caller. */
export class IllegalTransitionError extends Error {
  constructor(
    readonly from: UserStatus,
    readonly to: UserStatus,
  ) {
    super(`a user cannot move from ${from} to ${to}`);
    this.name = 'IllegalTransitionError';
  }
}

/** @throws Error when the table is not closed: a self-move, a double, a status that nothing reaches or leaves. */
export function checkMoves(moves: Record<UserStatus, readonly UserStatus[]>): void {
  for (const status of USER_STATUSES) {
    const targets = moves[status];
    if (targets.length === 0) throw new Error(`no move leaves ${status}`);
    if (targets.includes(status)) throw new Error(`${status} moves to itself`);
    if (new Set(targets).size !== targets.length) throw new Error(`${status} names a move twice`);
    if (!USER_STATUSES.some((from) => moves[from].includes(status))) throw new Error(`no move reaches ${status}`);
  }
}

checkMoves(MOVES);

/** Returns `to`; staying where one is needs no move. @throws IllegalTransitionError */
export function transition(from: UserStatus, to: UserStatus): UserStatus {
  if (from !== to && !MOVES[from].includes(to)) throw new IllegalTransitionError(from, to);
  return to;
}
