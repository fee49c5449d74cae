/**
 * Who made a code. `registrar`: a SIP answer on the wire. `client`: the app made it up, as RFC 3261 section 8.1.3.1
 * tells it to (408 when nothing comes back, 503 when the transport fails). `network`: DNS, TCP or TLS failed.
 */
export const SIP_SOURCES = ['registrar', 'client', 'network'] as const;
export type SipSource = (typeof SIP_SOURCES)[number];
