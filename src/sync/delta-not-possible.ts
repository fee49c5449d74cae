import type { DeltaRefusal } from './run-mode';

/** Of this run only: the next one may be a delta again. */
export type DeltaObstacle =
  /** Nothing says from when on. */
  | 'no_watermark'
  /** CloudLink took the filter, but not the link to a later page. */
  | 'later_page_refused'
  /** To ask Zoom for each of them would take longer than its whole list. */
  | 'many_unknown_users'
  /** A changed user has the email of somebody who may not have changed: only the whole list tells whose it is. */
  | 'contested_email';

/** Ends the delta part of a run: it goes on as a full one. */
export class DeltaNotPossible extends Error {
  constructor(
    readonly reason: DeltaRefusal | DeltaObstacle,
    /** Kept with the connector once the full run has read CloudLink without the filter. */
    readonly refusal: DeltaRefusal | undefined,
    /** For the log. */
    readonly detail: string,
  ) {
    super(`the run cannot go on as a delta: ${reason}`);
    this.name = 'DeltaNotPossible';
  }
}

export const obstacle = (reason: DeltaObstacle, detail: string): DeltaNotPossible =>
  new DeltaNotPossible(reason, undefined, detail);
