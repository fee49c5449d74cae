import { X509Certificate } from 'node:crypto';
import type { FieldProblem } from '../../platform/errors/app-error';
import { invalidRequest } from '../../platform/http/validation';

export const MAX_PEM_BYTES = 256 * 1024;
export const MAX_CERTIFICATES = 50;
const BLOCK = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

export interface Authority {
  subject: string;
  issuer: string;
  /** SHA-256, lower-case hexadecimal. */
  fingerprint: string;
  notAfter: Date;
}

export interface AuthorityBundle {
  /** The certificates alone: whatever else stood in the file is not kept. */
  pem: string;
  authorities: Authority[];
}

/**
 * Reads the authorities of a PEM file, each once. A certificate that an SBC has signed itself is taken, too: it is its own
 * authority.
 * @param field how the caller names the text
 * @throws AppError `invalid_request`
 */
export function checkAuthorities(text: string, now: Date, field: string): AuthorityBundle {
  const refuse = (rule: string): Error => invalidRequest([{ field, rule } satisfies FieldProblem]);
  if (text.length > MAX_PEM_BYTES) throw refuse(`must have at most ${MAX_PEM_BYTES / 1024} KiB`);
  // Whoever gives us a key has taken the wrong file, and must learn it before it is anywhere.
  if (/PRIVATE KEY/.test(text)) throw refuse('must hold certificates only, and there is a private key in it');
  const found = new Map<string, { pem: string; authority: Authority }>();
  for (const [index, block] of (text.match(BLOCK) ?? []).entries()) {
    const certificate = parse(block);
    if (certificate === undefined) throw refuse(`holds a certificate (number ${index + 1}) that cannot be read`);
    const authority = describe(certificate);
    const { subject, notAfter } = authority;
    if (!certificate.ca && certificate.subject !== certificate.issuer)
      throw refuse(`holds "${subject}", which is no authority: give the certificate of who has issued it`);
    if (notAfter < now) throw refuse(`holds "${subject}", which has expired on ${notAfter.toISOString().slice(0, 10)}`);
    found.set(authority.fingerprint, { pem: certificate.toString(), authority });
  }
  if (found.size === 0) throw refuse('must hold at least one certificate in PEM form');
  if (found.size > MAX_CERTIFICATES) throw refuse(`must hold at most ${MAX_CERTIFICATES} certificates`);
  const entries = [...found.values()];
  return { pem: entries.map(({ pem }) => pem).join(''), authorities: entries.map(({ authority }) => authority) };
}

/** What is stored, which went through checkAuthorities; it may have expired since. */
export const readAuthorities = (pem: string): Authority[] =>
  (pem.match(BLOCK) ?? []).map((block) => describe(new X509Certificate(block)));

const describe = (certificate: X509Certificate): Authority => ({
  subject: inOneLine(certificate.subject),
  issuer: inOneLine(certificate.issuer),
  notAfter: new Date(certificate.validTo),
  fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
});

const inOneLine = (name: string): string => name.split('\n').join(', ');

function parse(block: string): X509Certificate | undefined {
  try {
    return new X509Certificate(block);
  } catch {
    return undefined;
  }
}
