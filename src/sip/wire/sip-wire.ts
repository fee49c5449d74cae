import type { SipResponse } from '../message/sip-message';
import type { WrittenRequest } from '../message/write-request';
import type { Transport } from '../parse-target';

/** What came of one request. */
export type Exchange =
  | { kind: 'answer'; response: SipResponse; ms: number }
  /** Nothing that answers it within the limit. */
  | { kind: 'silent' }
  /** The other side has closed the connection, or it broke. `code` is that of Node or OpenSSL, where there is one. */
  | { kind: 'closed'; code: string | null }
  /** Bytes came that are no SIP, or too many of them. */
  | { kind: 'not_sip' };

export interface ExchangeLimits {
  timeoutMs: number;
  signal: AbortSignal;
}

/** A way to one SIP server: a TCP or TLS connection, or a UDP socket. One request at a time. */
export interface SipWire {
  readonly transport: Transport;
  readonly localAddress: string;
  readonly localPort: number;
  /** Ends within the limit, whatever comes. @throws the reason of `signal` when that aborts */
  exchange(request: WrittenRequest, limits: ExchangeLimits): Promise<Exchange>;
  close(): void;
}
