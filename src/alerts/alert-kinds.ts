import type { Provider } from '../oauth/provider';

/** What people are told of; the same words in the table, in webhooks and in the API. */
export const ALERT_KINDS = [
  'grant.at_risk',
  'grant.dead',
  'grant.switched',
  'connector.reauthorization_required',
  'connector.recovered',
  'connector.disconnected',
  'target.certificate_expiring',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** One thing to tell. `details` never holds a secret. */
export interface NewAlert {
  connectorId: string;
  kind: AlertKind;
  provider?: Provider;
  grantId?: string;
  /** A code such as `invalid_grant` or `role_missing`; the texts turn it into words. */
  reason?: string;
  details?: Record<string, string | number | boolean | null>;
  /** false: another alert of the same moment says it to people; programs hear of both. */
  byMail?: boolean;
}
