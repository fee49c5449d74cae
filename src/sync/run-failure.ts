import type { RunErrorCode } from './run-error-code';

/** Ends a run for a reason that belongs to the run itself. The message is fit for an admin. */
export class RunFailure extends Error {
  constructor(
    readonly code: RunErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'RunFailure';
  }
}

/** Another worker holds the run now, or it has ended: this one must not write any more. */
export class LeaseLost extends Error {
  constructor() {
    super('the run is in the hands of another worker');
    this.name = 'LeaseLost';
  }
}
