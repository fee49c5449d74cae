import type { ProbeReason } from '../../sip/probe/judge-probe';
import type { DiagnosisCode } from '../diagnosis-code';
import type { TargetFacts } from '../facts';

/** What a reason of the probe is called when people are told. null: it says something of us, not of the target. */
export const CAUSE_OF_REASON: Record<ProbeReason, DiagnosisCode | null> = {
  dns_failed: 'target_down',
  address_refused: null,
  connect_refused: 'target_down',
  connect_failed: 'target_down',
  connect_timeout: 'target_silent',
  tls_timeout: 'target_silent',
  tls_failed: 'target_down',
  client_certificate_required: 'client_certificate_required',
  port_is_plain: 'target_wrong_port',
  port_is_tls: 'target_wrong_port',
  certificate_expired: 'certificate_expired',
  certificate_not_yet_valid: 'certificate_not_yet_valid',
  certificate_untrusted: 'certificate_untrusted',
  certificate_name_mismatch: 'certificate_name_mismatch',
  certificate_expiring: 'certificate_expiring',
  sip_silent: 'target_silent',
  sip_closed: 'target_silent',
  not_sip: 'target_wrong_port',
  sip_overloaded: 'registrar_overloaded',
};

/** What is wrong with a target; undefined: nothing, or nobody has looked. */
export function causeOf({ reason }: TargetFacts): DiagnosisCode | undefined {
  return reason === null ? undefined : (CAUSE_OF_REASON[reason] ?? undefined);
}
