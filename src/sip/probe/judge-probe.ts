import { assertNever } from '../../platform/errors/assert-never';
import { CERTIFICATE_FAULTS, dueWarning, judgeCertificate } from '../dial/judge-certificate';
import { DIAL_FAILURES } from '../dial/dial-facts';
import type { ProbeFacts, SipFacts } from './probe-target';

/** `unknown`: nobody has looked yet, or may look. */
export const TARGET_STATES = ['ok', 'degraded', 'down', 'unknown'] as const;
export type TargetState = (typeof TARGET_STATES)[number];

export const PROBE_REASONS = [
  ...DIAL_FAILURES,
  'port_is_plain',
  'port_is_tls',
  ...CERTIFICATE_FAULTS,
  'certificate_expiring',
  'sip_silent',
  'sip_closed',
  'not_sip',
  'sip_overloaded',
] as const;
export type ProbeReason = (typeof PROBE_REASONS)[number];

export interface Verdict {
  state: TargetState;
  /** null: nothing is wrong. */
  reason: ProbeReason | null;
}

const down = (reason: ProbeReason): Verdict => ({ state: 'down', reason });

/**
 * What a look at a target means for apps. The first thing that is wrong on their way counts: they do not get further.
 * Any SIP answer proves a living server, whatever its code; 503 says "alive, do not use me now".
 */
export function judgeProbe(facts: ProbeFacts, now: Date): Verdict {
  const { failure, portKind, certificate, sip } = facts;
  if (portKind !== null) return down(portKind === 'plain' ? 'port_is_plain' : 'port_is_tls');
  if (failure === 'address_refused') return { state: 'unknown', reason: failure };
  // Apps that check the certificate never get as far as to be asked for their own.
  const fault = certificate === null ? null : judgeCertificate(certificate, now);
  if (fault !== null) return down(fault);
  if (failure !== null) return down(failure);
  const silence = sip === null ? down('sip_silent') : judgeSip(sip);
  if (silence !== undefined) return silence;
  const isEnding = certificate !== null && dueWarning(certificate, now) !== undefined;
  return isEnding ? { state: 'degraded', reason: 'certificate_expiring' } : { state: 'ok', reason: null };
}

/** undefined: alive. */
function judgeSip(sip: SipFacts): Verdict | undefined {
  switch (sip.kind) {
    case 'answer':
      return sip.answer.code === 503 ? { state: 'degraded', reason: 'sip_overloaded' } : undefined;
    case 'silent':
      return down('sip_silent');
    case 'closed':
      return down('sip_closed');
    case 'not_sip':
      return down('not_sip');
    default:
      return assertNever(sip);
  }
}
