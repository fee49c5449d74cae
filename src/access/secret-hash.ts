import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, base64url (43 characters): needs no percent-encoding in HTTP Basic (RFC 6749 section 2.3.1). */
export const makeSecret = (): string => randomBytes(32).toString('base64url');

/**
 * A plain SHA-256, on purpose: bcrypt and its kin make guessing expensive, and a secret of 256 random bits cannot be
 * guessed (2^255 tries on average), while a slow hash would let anybody keep our CPU busy with wrong secrets.
 */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret, 'utf8').digest();

/** Equal time for every wrong secret: both sides are digests of equal length. */
export const matchesSecret = (secret: string, hash: Buffer): boolean =>
  hash.length === 32 && timingSafeEqual(hashSecret(secret), hash);
