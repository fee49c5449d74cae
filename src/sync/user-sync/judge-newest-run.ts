import { assertNever } from '../../platform/errors/assert-never';
import type { RunState } from '../sync-run';

export interface NewestRun {
  state: RunState;
  /** It had not begun to read when the user was asked for. */
  isLater: boolean;
}

/**
 * What the newest run of a connector means for somebody who wants CloudLink read after a certain moment. `ask`: a run has to
 * begin. One that waits for a person's approval is not ended by a new one for the sake of one user.
 */
export function judgeNewestRun(run: NewestRun | undefined): 'ask' | 'wait' | 'done' | 'give_up' {
  if (run === undefined) return 'ask';
  switch (run.state) {
    case 'queued':
    case 'running':
      return 'wait';
    case 'succeeded':
      return run.isLater ? 'done' : 'ask';
    case 'awaiting_approval':
      return run.isLater ? 'done' : 'give_up';
    case 'failed':
      return run.isLater ? 'give_up' : 'ask';
    default:
      return assertNever(run.state);
  }
}
