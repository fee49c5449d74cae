import type { CertificateFacts } from './certificate-facts';

/** Why there is no connection to speak SIP over. */
export const DIAL_FAILURES = [
  'dns_failed',
  'address_refused',
  'connect_refused',
  'connect_timeout',
  'connect_failed',
  'tls_timeout',
  'tls_failed',
  'client_certificate_required',
] as const;
export type DialFailure = (typeof DIAL_FAILURES)[number];

/** What was seen on the way to a target, as far as it went. Milliseconds; null: that step was not taken. */
export interface DialFacts {
  /** The one that was connected to, or the first that was tried. */
  address: string | null;
  dnsMs: number | null;
  tcpMs: number | null;
  tlsMs: number | null;
  /** Such as `TLSv1.3`. */
  tlsVersion: string | null;
  certificate: CertificateFacts | null;
  failure: DialFailure | null;
  /** The error code of Node or OpenSSL behind the failure. */
  code: string | null;
}

/** How long each step may take. */
export interface DialLimits {
  dnsMs: number;
  tcpMs: number;
  tlsMs: number;
  sipMs: number;
}

export const DIAL_LIMITS: DialLimits = { dnsMs: 3_000, tcpMs: 3_000, tlsMs: 4_000, sipMs: 5_000 };
