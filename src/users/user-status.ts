/** The words that the API, the tables and the console share. */
export const USER_STATUSES = ['pending', 'inactive', 'registered', 'sip_error', 'removed'] as const;
export type UserStatus = (typeof USER_STATUSES)[number];

export type CredentialState = 'none' | 'ready' | 'revoked';
export type ZoomUserStatus = 'active' | 'inactive' | 'pending';

/** What integrated_users keeps of the status. */
export interface StoredStatus {
  status: UserStatus;
  /** When the present status began. */
  statusSince: Date;
  /** The next moment at which time alone changes what the status says; null: never. */
  statusExpiresAt: Date | null;
}
