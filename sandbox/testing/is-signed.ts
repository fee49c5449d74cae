import { createHmac } from 'node:crypto';
import type { Received } from './receiver';

/** Checks a Zoom webhook as a receiver would; written apart from the code that signs. */
export function isSigned({ headers, raw }: Received, secret: string): boolean {
  const text = Buffer.concat([Buffer.from(`v0:${String(headers['x-zm-request-timestamp'])}:`), raw]);
  return headers['x-zm-signature'] === `v0=${createHmac('sha256', secret).update(text).digest('hex')}`;
}
