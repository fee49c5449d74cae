import { isIPv6 } from 'node:net';
import type { Transport } from '../parse-target';

export interface RequestFacts {
  method: 'OPTIONS' | 'REGISTER';
  /** Request-URI, such as `sip:example.com`. */
  uri: string;
  /** Address of record in From. */
  from: string;
  to: string;
  transport: Transport;
  /** Where the answer is to go; `rport` (RFC 3581) makes it come back on the way it went. */
  localAddress: string;
  localPort: number;
  /** Must begin with z9hG4bK and be new for every request (RFC 3261 section 8.1.1.7). */
  branch: string;
  tag: string;
  callId: string;
  sequence: number;
  /** Further header fields. */
  headers?: readonly (readonly [name: string, value: string])[];
}

/** A request as text, with what its answer is known by. */
export interface WrittenRequest {
  method: string;
  branch: string;
  sequence: number;
  text: string;
}

const USER_AGENT = 'zoom-cloudlink-connector';

/** @throws RangeError when a value holds a line end: what comes from outside must not write fields of its own */
export function writeRequest(facts: RequestFacts): WrittenRequest {
  const { method, uri, from, to, transport, localAddress, localPort, branch, tag, callId, sequence } = facts;
  const lines = [
    `${method} ${uri} SIP/2.0`,
    `Via: SIP/2.0/${transport.toUpperCase()} ${hostPart(localAddress)}:${localPort};branch=${branch};rport`,
    'Max-Forwards: 70',
    `From: <${from}>;tag=${tag}`,
    `To: <${to}>`,
    `Call-ID: ${callId}`,
    `CSeq: ${sequence} ${method}`,
    `User-Agent: ${USER_AGENT}`,
    ...(facts.headers ?? []).map(([name, value]) => `${name}: ${value}`),
    'Content-Length: 0',
  ];
  if (lines.some((line) => /[\r\n\0]/.test(line))) throw new RangeError('a value of a SIP request holds a line end');
  return { method, branch, sequence, text: `${lines.join('\r\n')}\r\n\r\n` };
}

/** IPv6 stands in brackets. */
export const hostPart = (host: string): string => (isIPv6(host) ? `[${host}]` : host);

/** `sip:user@host`; signs that a user part may not hold are escaped (RFC 3261 section 25.1). */
export function sipAddress(user: string, host: string): string {
  const escaped = encodeURIComponent(user).replace(/%(26|3D|2B|24|2C|3B|3F|2F)/g, (code) => decodeURIComponent(code));
  return `sip:${escaped}@${hostPart(host)}`;
}
