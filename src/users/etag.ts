import { hash } from 'node:crypto';

/** A strong entity tag of a body (RFC 9110 section 8.8.3): equal bodies, equal tags, in every process. */
export const etagOf = (body: string): string => `"${hash('sha1', body, 'base64url').slice(0, 22)}"`;

/** If-None-Match (RFC 9110 section 13.1.2), by weak comparison. */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  return header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
