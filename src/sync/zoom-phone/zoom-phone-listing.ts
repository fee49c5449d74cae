import { UNTROUBLED, type LoopGuard } from '../follow-next';

/**
 * What Zoom said of who has Zoom Phone. `listed`: who is in its list has it, all others have not; `not_enabled`: nobody
 * has it; `scope_missing`: the app may not ask, so it is not known of anybody.
 */
export const ZOOM_PHONE_ANSWERS = ['listed', 'not_enabled', 'scope_missing'] as const;
export type ZoomPhoneAnswer = (typeof ZOOM_PHONE_ANSWERS)[number];

/** Where a listing goes on after its worker died. Written in the same transaction as the page that it follows. */
export type ListingCheckpoint =
  | {
      step: 'read';
      /** null: the first page. */
      pageToken: string | null;
      /** How often it was begun again because a page token had expired. */
      restarts: number;
      guard: LoopGuard;
    }
  | {
      step: 'apply';
      answer: ZoomPhoneAnswer;
      /** The users up to this one are as Zoom says; null: none yet. */
      afterUserId: string | null;
      changed: number;
    };

export const FROM_THE_START: ListingCheckpoint = { step: 'read', pageToken: null, restarts: 0, guard: UNTROUBLED };

export interface ListingKey {
  connectorId: string;
  owner: string;
}

/** A listing in somebody's hands. */
export interface HeldListing extends ListingKey {
  attempts: number;
  checkpoint: ListingCheckpoint;
  /** What Zoom said the last time. */
  lastAnswer: ZoomPhoneAnswer | null;
  lastFailure: string | null;
}

/** Another worker holds the listing now, or its connector has gone: this one must not write any more. */
export class ListingLost extends Error {
  constructor() {
    super('the listing is in the hands of another worker');
    this.name = 'ListingLost';
  }
}
