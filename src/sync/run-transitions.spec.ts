import { RUN_STATES } from './sync-run';
import { moveRun, RUN_MOVES, statesBefore } from './run-transitions';

describe('run transitions', () => {
  it('throws on every move that the table does not hold', () => {
    for (const from of RUN_STATES) {
      for (const to of RUN_STATES) {
        if (RUN_MOVES[from].includes(to)) expect(moveRun(from, to)).toBe(to);
        else expect(() => moveRun(from, to)).toThrow(`cannot move from ${from} to ${to}`);
      }
    }
  });

  it('reaches an end from everywhere and leaves none', () => {
    expect(statesBefore('failed')).toEqual(['queued', 'running', 'awaiting_approval']);
    expect([...RUN_MOVES.succeeded, ...RUN_MOVES.failed]).toEqual([]);
  });
});
