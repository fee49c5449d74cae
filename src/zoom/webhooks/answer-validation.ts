import { createHmac } from 'node:crypto';

/** What Zoom wants to hear every 72 hours, to see that the address belongs to who knows the secret. */
export interface ValidationAnswer {
  plainToken: string;
  encryptedToken: string;
}

/** Zoom's tokens have 22 characters. */
const MAX_LENGTH = 128;

/**
 * The key is the one that signs deliveries: whoever had a text `v0:{timestamp}:{body}` answered would hold a valid
 * signature of any delivery. So it is answered to signed requests only, and never for a text with a colon.
 * @returns undefined when this is not a token
 */
export function answerValidation(secret: string, plainToken: unknown): ValidationAnswer | undefined {
  if (typeof plainToken !== 'string' || plainToken === '') return undefined;
  if (plainToken.length > MAX_LENGTH || plainToken.includes(':')) return undefined;
  return { plainToken, encryptedToken: createHmac('sha256', secret).update(plainToken).digest('hex') };
}
