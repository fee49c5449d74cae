import type { DiagnosisCode, Severity } from '../diagnosis-code';
import type { ConnectorFacts, TargetFacts } from '../facts';

const SEVERITY: Record<DiagnosisCode, Severity> = {
  registrar_lost_users: 'error',
  certificate_expired: 'error',
  certificate_not_yet_valid: 'error',
  certificate_untrusted: 'error',
  certificate_name_mismatch: 'error',
  client_certificate_required: 'error',
  target_down: 'error',
  target_silent: 'error',
  target_wrong_port: 'error',
  registrar_overloaded: 'error',
  registrar_failed: 'error',
  realm_mismatch: 'error',
  algorithm_not_offered: 'error',
  hash_refused: 'error',
  user_unknown: 'error',
  licence_missing: 'error',
  push_not_supported: 'error',
  app_credential_outdated: 'error',
  app_cannot_reach_target: 'error',
  registered_not_reachable: 'error',
  unexplained: 'error',
  certificate_expiring: 'warning',
  sync_stale: 'warning',
  credential_pending: 'info',
};

export const severityOf = (code: DiagnosisCode): Severity => SEVERITY[code];

/** A target at which nobody fails yet takes away a reserve, as long as its users have another one that works. */
export function severityOfTarget(
  code: DiagnosisCode,
  target: TargetFacts,
  connector: ConnectorFacts,
  failing: number,
): Severity {
  const severity = severityOf(code);
  if (severity !== 'error' || failing > 0) return severity;
  if (target.users === 0) return 'info';
  const hasReserve = [...connector.targets.values()].some(({ id, state }) => id !== target.id && state === 'ok');
  return hasReserve ? 'warning' : 'error';
}
