/** Reasons that the texts have words for. Another code is told as it is. */
export const ALERT_REASONS = [
  'invalid_grant',
  'no_refresh_token',
  'role_missing',
  'user_left',
  'user_deactivated',
  'app_deauthorized',
  'app_disabled',
  'token_refused',
  'keep_alive_failed',
  'client_secret_refused',
  'subscription_failed',
  'disconnected_by_admin',
  'grace_period_over',
] as const;
export type AlertReason = (typeof ALERT_REASONS)[number];

export const isAlertReason = (code: string): code is AlertReason => (ALERT_REASONS as readonly string[]).includes(code);
