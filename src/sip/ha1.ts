/** RFC 8760 algorithms that a HA1 may be made with, strongest first: what a client should prefer. */
export const HASH_ALGORITHMS = ['SHA-256', 'MD5'] as const;
export type HashAlgorithm = (typeof HASH_ALGORITHMS)[number];

/** Length of H(user:realm:password) in hexadecimal digits. */
export const HA1_DIGITS: Record<HashAlgorithm, number> = { MD5: 32, 'SHA-256': 64 };

const HEX = /^[0-9a-f]+$/;

/**
 * The hash in lower case, as RFC 7616 section 3.4.1 wants it in further hashing; undefined when it is none of that algorithm.
 * A HA1 is worth as much as the password: callers must not quote it in an error.
 */
export function normaliseHa1(algorithm: HashAlgorithm, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const ha1 = value.trim().toLowerCase();
  return ha1.length === HA1_DIGITS[algorithm] && HEX.test(ha1) ? ha1 : undefined;
}
