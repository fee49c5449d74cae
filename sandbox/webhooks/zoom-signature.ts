import { createHmac } from 'node:crypto';

/** `x-zm-signature` over the raw bytes of the body: `v0=` and HMAC-SHA256 of `v0:<epoch seconds>:<body>` in hex. */
export function zoomSignature(secret: string, timestamp: string, body: Buffer): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`;
}

/** What an endpoint has to answer to `endpoint.url_validation`. */
export function encryptedToken(secret: string, plainToken: string): string {
  return createHmac('sha256', secret).update(plainToken).digest('hex');
}
