import type { Provider } from './provider';

/** `service_client`: a CloudLink client of the account, which no admin's departure touches. */
export type GrantKind = 'admin' | 'service_client';

/**
 * Why a live grant may not be relied on. `token_refused`: a token that was just renewed was refused;
 * `keep_alive_failed`: nobody could say for days whether it still works.
 */
export const RISK_REASONS = [
  'role_missing',
  'user_left',
  'user_deactivated',
  'token_refused',
  'keep_alive_failed',
] as const;
export type RiskReason = (typeof RISK_REASONS)[number];

export type GrantState = 'active' | 'standby' | 'dead';

/** One admin's authorisation at one provider, without its tokens. */
export interface Grant {
  connectorId: string;
  grantId: string;
  provider: Provider;
  state: GrantState;
  accountId: string;
  /** The admin: Zoom or CloudLink user id. */
  subjectId: string;
  subjectEmail: string;
  subjectRole: string;
  deadReason: string | null;
  deadAt: Date | null;
  createdAt: Date;
  refreshedAt: Date | null;
  kind: GrantKind;
  atRiskReason: RiskReason | null;
  atRiskSince: Date | null;
  /** When this subject authorised last. */
  authorisedAt: Date;
  /** When the grant was last seen to work with all its rights. */
  checkedAt: Date | null;
}

/** Who has just authorised, and with what. */
export interface NewGrant {
  provider: Provider;
  accountId: string;
  subjectId: string;
  subjectEmail: string;
  subjectRole: string;
}
