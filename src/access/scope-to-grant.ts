/** RFC 6749 section 3.3: what a token carries, or the first word that its client may not have. */
export type ScopeDecision = { granted: string } | { refused: string };

/**
 * Asked for nothing: everything the client has. Asked for something: exactly that, and all of it or nothing, because a
 * client that silently got less would only notice at a later 403.
 */
export function scopeToGrant(requested: string | undefined, allowed: string): ScopeDecision {
  if (requested === undefined || requested === '') return { granted: allowed };
  const has = new Set(allowed.split(' '));
  const words = [...new Set(requested.split(' '))];
  const refused = words.find((word) => !has.has(word));
  return refused === undefined ? { granted: words.join(' ') } : { refused };
}
