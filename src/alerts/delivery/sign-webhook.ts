import { createHmac } from 'node:crypto';

/** As Zoom signs its webhooks, so that a receiver of those can check ours: over the bytes that are sent, not the JSON. */
export function signWebhook(secret: string, timestamp: number, body: Buffer): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`;
}
