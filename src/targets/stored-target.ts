import type { ProbeReason, TargetState } from '../sip/probe/judge-probe';
import type { ProbeFacts } from '../sip/probe/probe-target';
import type { SipAnswer } from '../sip/probe/sip-answer';
import type { RegistrationTarget } from '../sip/parse-target';

/** Milliseconds per step; null: it was not taken. */
export interface Latency {
  dnsMs: number | null;
  tcpMs: number | null;
  tlsMs: number | null;
  sipMs: number | null;
}

export interface SeenCertificate {
  subject: string;
  issuer: string;
  names: string[];
  /** ISO instants: this is stored as JSON. */
  notBefore: string;
  notAfter: string;
  fingerprint: string;
  chainError: string | null;
  coversHost: boolean;
  coversAddress: boolean;
}

/** What the last look has seen, as it is stored. */
export interface SeenTarget {
  address: string | null;
  latency: Latency;
  tlsVersion: string | null;
  certificate: SeenCertificate | null;
  sip: SipAnswer | null;
  errorCode: string | null;
}

export interface StoredTarget extends RegistrationTarget {
  id: string;
  /** How many users have it among their targets. */
  users: number;
  state: TargetState;
  reason: ProbeReason | null;
  /** Since when state and reason are what they are; null: never looked at. */
  since: Date | null;
  checkedAt: Date | null;
  /** null: never looked at. */
  seen: SeenTarget | null;
}

export type ProbeCause = 'schedule' | 'manual';

export function toSeen(facts: ProbeFacts): SeenTarget {
  const { address, dnsMs, tcpMs, tlsMs, tlsVersion, certificate, sip } = facts;
  return {
    address,
    latency: { dnsMs, tcpMs, tlsMs, sipMs: sip?.kind === 'answer' ? sip.ms : null },
    tlsVersion,
    certificate:
      certificate === null
        ? null
        : {
            ...certificate,
            notBefore: certificate.notBefore.toISOString(),
            notAfter: certificate.notAfter.toISOString(),
          },
    sip: sip?.kind === 'answer' ? sip.answer : null,
    errorCode: facts.code ?? (sip?.kind === 'closed' ? sip.code : null),
  };
}
