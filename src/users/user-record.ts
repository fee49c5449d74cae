import type { StatusFacts } from './derive-status';
import type { Registration } from './registration';
import type { CredentialState, StoredStatus, ZoomUserStatus } from './user-status';

export type Membership = 'automatic' | 'chosen';

/** What the status of a user needs, as stored. */
export interface StatusRecord extends StoredStatus {
  connectorId: string;
  userId: string;
  email: string;
  zoomUserId: string | null;
  zoomStatus: ZoomUserStatus | null;
  credentialState: CredentialState;
  syncedAt: Date | null;
  /** Newest report first. */
  registrations: Registration[];
}

/**
 * When both sides were last read, whole or what had changed (connectors.synced_at): how old what an answer rests on may be.
 * null: never yet.
 */
export interface AsOf {
  asOf: Date | null;
}

/** A user as lists show them. */
export interface UserRecord extends StatusRecord {
  displayName: string;
  extension: string | null;
  pbxType: string | null;
  pbxSite: string | null;
  /** The SIP user name, often the telephone number; null: no credential (yet). */
  callerId: string | null;
  membership: Membership;
  /** Since when the syncs have not found the user; null: they have. */
  missingSince: Date | null;
}

export const factsOf = (
  user: Pick<StatusRecord, 'status' | 'credentialState' | 'zoomStatus' | 'registrations'>,
): StatusFacts => ({
  removed: user.status === 'removed',
  credential: user.credentialState,
  zoomStatus: user.zoomStatus,
  registrations: user.registrations,
});
