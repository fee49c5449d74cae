import type { PsiCredential, PsiProblem, PsiProblemCode, PsiUser } from '../cloudlink/cloudlink-types';
import type { Membership } from '../connector/connector.entity';
import type { ZoomUserStatus } from '../zoom/zoom-types';
import type { RegistrationReport } from '../users/registration-report';
import type { CredentialState, StoredStatus, UserStatus } from '../users/user-status';

export type { Membership };

/** A Zoom user as this run has listed it. */
export interface ListedZoomUser {
  id: string | null;
  status: ZoomUserStatus;
  displayName: string;
}

/** Of an integrated user as stored what pages are compared with. */
export interface StoredUser {
  userId: string;
  email: string;
  zoomUserId: string | null;
  zoomStatus: ZoomUserStatus | null;
  cloudlinkUserId: string | null;
  membership: Membership;
  status: UserStatus;
  displayName: string;
  /** Hexadecimal. */
  fingerprint: string | null;
}

/** All of an integrated user, read with a lock: the row is about to change. */
export interface LockedUser extends StoredUser, StoredStatus {
  /** The name that is shown is Zoom's, because CloudLink has none. */
  hasZoomName: boolean;
  credentialState: CredentialState;
  registrations: RegistrationReport[];
}

/** One page of CloudLink and everything that is known about the users on it. Emails are normalised. */
export interface PageFacts {
  users: PsiUser[];
  problems: PsiProblem[];
  membership: Membership;
  zoomUsers: ReadonlyMap<string, ListedZoomUser>;
  /** Zoom user id → email at Zoom, of stored users whose CloudLink user has an email that Zoom does not know. */
  zoomEmails: ReadonlyMap<string, string>;
  stored: StoredUsers;
  /** Email → CloudLink user id of what earlier pages of this run held, as far as it may matter to this page. */
  seen: ReadonlyMap<string, string>;
  now: Date;
  /** Of everything that would be stored of the user (describe-user.ts), keyed; hexadecimal. */
  fingerprintOf(user: PsiUser, zoom: ListedZoomUser, email: string): string;
  /** The same one whenever the page is planned again. */
  newUserId(email: string): string;
}

export interface StoredUsers {
  byEmail: ReadonlyMap<string, StoredUser>;
  byZoomId: ReadonlyMap<string, StoredUser>;
  byCloudLinkId: ReadonlyMap<string, StoredUser>;
}

/** The whole row to write, and its credential; undefined: there must be none. */
export interface PlannedUser extends StoredStatus {
  userId: string;
  /** The row as it was. */
  replaces: StoredUser | undefined;
  email: string;
  displayName: string;
  hasZoomName: boolean;
  zoomUserId: string | null;
  zoomStatus: ZoomUserStatus;
  cloudlinkUserId: string;
  extension: string | null;
  pbx: { type: string; site: string } | undefined;
  licences: PsiUser['licences'];
  credentialState: CredentialState;
  credential: PsiCredential | undefined;
  /** Hexadecimal. */
  fingerprint: string;
}

export interface PlannedProblem {
  code: PsiProblemCode | 'no_zoom_user' | 'duplicate_email' | 'duplicate_zoom_user';
  email: string | null;
  cloudlinkUserId: string | null;
  field: string | null;
  detail: string;
}

/** What storing one page means. */
export interface Plan {
  insert: PlannedUser[];
  update: PlannedUser[];
  /** How many of `update` had been removed and are back. */
  returned: number;
  unchanged: number;
  /** Zoom ids that get another row than the one that has them, or may have them. */
  movedZoomIds: { userId: string; zoomUserId: string }[];
  problems: PlannedProblem[];
  /** Email → CloudLink user id, empty where it is nobody's. */
  seen: Map<string, string>;
  /** Those of `seen` that later pages must know and no stored user will show: disputed, or claimed by a broken item. */
  claims: Map<string, string>;
  unattributed: number;
}
