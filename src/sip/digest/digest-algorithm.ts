import { createHash } from 'node:crypto';

/** Algorithms of RFC 7616 and RFC 8760 that we can answer with, strongest first. */
export const DIGEST_ALGORITHMS = ['SHA-512-256', 'SHA-256', 'MD5'] as const;
export type DigestAlgorithm = (typeof DIGEST_ALGORITHMS)[number];

/**
 * SHA-512-256 is the SHA-512/256 of FIPS 180-4, with initial values of its own. The example in RFC 7616 section 3.9.2 was
 * made with a SHA-512 that was cut off (erratum 4897): whoever computes that is wrong.
 */
const NODE_NAMES: Record<DigestAlgorithm, string> = { 'SHA-512-256': 'sha512-256', 'SHA-256': 'sha256', MD5: 'md5' };

/** Lower-case hexadecimal of the UTF-8 bytes. */
export const digestHash = (algorithm: DigestAlgorithm, text: string): string =>
  createHash(NODE_NAMES[algorithm]).update(text, 'utf8').digest('hex');
