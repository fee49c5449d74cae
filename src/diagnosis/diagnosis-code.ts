/** One cause that people are told of, for programs. The order is that in which items of one weight are shown. */
export const DIAGNOSIS_CODES = [
  'registrar_lost_users',
  'certificate_expired',
  'certificate_not_yet_valid',
  'certificate_untrusted',
  'certificate_name_mismatch',
  'client_certificate_required',
  'target_down',
  'target_silent',
  'target_wrong_port',
  'registrar_overloaded',
  'registrar_failed',
  'realm_mismatch',
  'algorithm_not_offered',
  'hash_refused',
  'user_unknown',
  'licence_missing',
  'push_not_supported',
  'app_credential_outdated',
  'app_cannot_reach_target',
  'registered_not_reachable',
  'unexplained',
  'certificate_expiring',
  'sync_stale',
  'credential_pending',
] as const;
export type DiagnosisCode = (typeof DIAGNOSIS_CODES)[number];

/** `error`: somebody cannot make calls. `warning`: somebody soon cannot, or less is left than there should be. `info`: to know. */
export const SEVERITIES = ['error', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];
