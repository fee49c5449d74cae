import { randomBytes } from 'node:crypto';
import { hostPart, writeRequest, type WrittenRequest } from '../message/write-request';
import type { SipWire } from '../wire/sip-wire';

/** A question about nothing (RFC 3261 section 11): whoever speaks SIP answers it, and nothing changes. */
export function writeOptions(host: string, { transport, localAddress, localPort }: SipWire): WrittenRequest {
  const here = `${hostPart(localAddress)}:${localPort}`;
  return writeRequest({
    method: 'OPTIONS',
    uri: `sip:${hostPart(host)}`,
    from: `sip:probe@${hostPart(localAddress)}`,
    to: `sip:${hostPart(host)}`,
    transport,
    localAddress,
    localPort,
    ...newIds(),
    sequence: 1,
    headers: [
      ['Contact', `<sip:probe@${here};transport=${transport}>`],
      ['Accept', 'application/sdp'],
    ],
  });
}

/** Random enough that nobody off the path can make up an answer. */
export const newIds = (): { branch: string; tag: string; callId: string } => ({
  branch: `z9hG4bK${randomBytes(12).toString('hex')}`,
  tag: randomBytes(8).toString('hex'),
  callId: randomBytes(16).toString('hex'),
});
