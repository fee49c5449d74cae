import type { AsGrant } from '../platform/remote/as-grant';
import type { Checkpoint } from './checkpoint';
import type { Membership } from './plan-types';
import type { Slice } from './slice';
import type { RunKey } from './sync-run';

/** What the phases of one attempt share. */
export interface RunContext {
  key: RunKey;
  membership: Membership;
  /** What a delta asks CloudLink for: changes after this. */
  deltaFrom: Date | null;
  cloudlinkAccountId: string;
  zoom: AsGrant;
  cloudlink: AsGrant;
  /** Where the attempt stands; each phase replaces it when a page is stored. */
  checkpoint: Checkpoint;
  /** Aborts when the process shuts down: no further page, and requests end at once. */
  signal: AbortSignal;
  /** When it is over the page in hand is the last one for now. */
  slice: Slice;
}
