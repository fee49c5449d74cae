import type { SipHeaders } from './sip-headers';

export interface SipRequest {
  kind: 'request';
  method: string;
  uri: string;
  headers: SipHeaders;
  body: Buffer;
}

export interface SipResponse {
  kind: 'response';
  /** 100–699. */
  code: number;
  reason: string;
  headers: SipHeaders;
  body: Buffer;
}

export type SipMessage = SipRequest | SipResponse;

/** What came is no SIP, or more of it than we are willing to keep. */
export class SipStreamError extends Error {
  constructor(
    readonly code: 'not_sip' | 'too_large',
    message: string,
  ) {
    super(message);
    this.name = 'SipStreamError';
  }
}
