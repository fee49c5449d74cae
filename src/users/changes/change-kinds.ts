/**
 * What a change is about. `added`: new, or back after a removal. `identity`: another email or Zoom user id. `credential`:
 * user names, realm or a hash came, changed or went. The order is the order of the bits in user_changes.kinds: only add at
 * the end.
 */
export const CHANGE_KINDS = ['added', 'removed', 'identity', 'credential', 'targets'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export const toBits = (kinds: readonly ChangeKind[]): number =>
  CHANGE_KINDS.reduce((bits, kind, index) => (kinds.includes(kind) ? bits | (1 << index) : bits), 0);

/**
 * The union of what happened to one user, oldest first: each kind stands where it happened last, so of `added` and
 * `removed` the later one is what holds.
 */
export function unionOf(changes: readonly number[]): ChangeKind[] {
  const union = new Set<ChangeKind>();
  for (const bits of changes) {
    for (const [index, kind] of CHANGE_KINDS.entries()) {
      if ((bits & (1 << index)) === 0) continue;
      union.delete(kind);
      union.add(kind);
    }
  }
  return [...union];
}
