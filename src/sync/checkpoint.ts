import type { ZoomUserStatus } from '../zoom/zoom-types';
import { UNTROUBLED, type LoopGuard } from './follow-next';
import type { DeltaRefusal } from './run-mode';

/** Where a run goes on after its worker died. Written in the same transaction as the page that it follows. */
export interface Checkpoint {
  zoom: {
    status: ZoomUserStatus;
    pageToken: string | null;
    /** How often the present status was begun again because its page token had expired. */
    restarts: number;
    /** How many users of the present status are stored. */
    listed: number;
    guard: LoopGuard;
  };
  /** So many more users of Zoom's list are compared with what is stored; 0 or less: none. null: not yet known. */
  zoomUsersToCompare: number | null;
  /** What Zoom's list has of news is known. */
  isZoomCompared: boolean;
  cloudlink: { position: string | null; guard: LoopGuard };
  /**
   * Whether pages look who has the Zoom ids of people who are new to us: not where nobody was stored before, and always where
   * that may have changed meanwhile. null: as it needs.
   */
  asksByZoomId: boolean | null;
  /**
   * Whether pages look who has the CloudLink ids of people whom Zoom does not know, and whether this run has seen whoever
   * an email is linked to: not where nobody was stored before, because then only this run can have linked it. null: not yet
   * known.
   */
  asksByCloudLinkId: boolean | null;
  /** Users who are new with this run: whether it is time to count them anew spans its slices. */
  inserted: number;
  /** Items of CloudLink that name nobody: any stored user may be behind them. */
  unattributed: number;
  /** Items of CloudLink that do not say when they were changed. */
  undated: number;
  /** Why this run, which began as a delta, could not go on as one; set only when that says something about CloudLink. */
  deltaRefusal: DeltaRefusal | null;
}

const START: Checkpoint = {
  zoom: { status: 'active', pageToken: null, restarts: 0, listed: 0, guard: UNTROUBLED },
  zoomUsersToCompare: null,
  isZoomCompared: false,
  cloudlink: { position: null, guard: UNTROUBLED },
  asksByZoomId: null,
  asksByCloudLinkId: null,
  inserted: 0,
  unattributed: 0,
  undated: 0,
  deltaRefusal: null,
};

/** A new run has an empty checkpoint, and one that an earlier version has begun may lack a field. */
export function readCheckpoint(stored: Partial<Checkpoint>): Checkpoint {
  return { ...START, ...stored, zoom: { ...START.zoom, ...stored.zoom } };
}
