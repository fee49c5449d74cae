import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Zoom sends again after 5, 25 and 85 minutes and does not say whether it signs anew then, so an honest timestamp may
 * be 85 minutes old; the rest is for clocks that differ. What is replayed within that time is known by its request id.
 */
const WINDOW_SECONDS = 100 * 60;

export interface SignedHeaders {
  signature: string | undefined;
  /** Seconds since 1970. */
  timestamp: string | undefined;
}

const SIGNATURE = /^v0=([0-9a-f]{64})$/;
const TIMESTAMP = /^\d{1,11}$/;

/**
 * Who signs: `v0=` + hex of HMAC-SHA256 over `v0:{timestamp}:{body}`, the body as bytes. Every secret is tried, because
 * Zoom renews its secret token without an overlap.
 * @returns the secret that fits; undefined: this is not from Zoom, or too old
 */
export function verifySignature(
  secrets: readonly string[],
  { signature = '', timestamp = '' }: SignedHeaders,
  body: Buffer,
  now: Date,
): string | undefined {
  const hex = SIGNATURE.exec(signature)?.[1];
  if (hex === undefined || !TIMESTAMP.test(timestamp)) return undefined;
  const given = Buffer.from(hex, 'hex');
  const secret = secrets.find((candidate) => timingSafeEqual(given, sign(candidate, timestamp, body)));
  const ageSeconds = now.getTime() / 1000 - Number(timestamp);
  return Math.abs(ageSeconds) <= WINDOW_SECONDS ? secret : undefined;
}

const sign = (secret: string, timestamp: string, body: Buffer): Buffer =>
  createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest();
