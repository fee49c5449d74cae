import type { Provider } from './provider';

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
}

/** Who has just authorised, and with what. */
export interface NewGrant {
  provider: Provider;
  accountId: string;
  subjectId: string;
  subjectEmail: string;
  subjectRole: string;
}
