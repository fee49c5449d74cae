/** What is special about a user. Each user has exactly one kind, so that expectations can be counted. */
export const KINDS = [
  'ready',
  'missing_at_zoom',
  'missing_at_cloudlink',
  'psi_pending',
  'psi_revoked',
  'zoom_inactive',
  'zoom_pending',
  'duplicate_adjacent',
  'duplicate_far',
  'broken_hash',
  'broken_port',
  'broken_host',
  'broken_role',
  'broken_realm',
] as const;

export type Kind = (typeof KINDS)[number];

/** Kinds repeat after this many users; with 250 users each kind occurs at least once. */
export const PERIOD = 200;

/** Percentages of users, as places in a block of 200: two places are one percent. The first few users are plain. */
const PLACES: Record<Exclude<Kind, 'ready'>, readonly number[]> = {
  missing_at_zoom: [9, 58, 109, 158],
  missing_at_cloudlink: [17, 44, 77, 117, 144, 177],
  psi_pending: [5, 30, 55, 80, 105, 130, 155, 180],
  psi_revoked: [22, 122],
  zoom_inactive: [12, 62, 112, 162],
  zoom_pending: [14, 64, 114, 164],
  duplicate_adjacent: [27],
  duplicate_far: [199],
  broken_hash: [35],
  broken_port: [70],
  broken_host: [95],
  broken_role: [135],
  broken_realm: [170],
};

const TABLE: readonly Kind[] = Array.from({ length: PERIOD }, (_, place) => {
  const special = KINDS.find((kind) => kind !== 'ready' && PLACES[kind].includes(place));
  return special ?? 'ready';
});

/** The kind of the user with this index (0 …). A table look-up: lists of a million users are scanned with it. */
export function kindOf(index: number): Kind {
  return TABLE[index % PERIOD] ?? 'ready';
}

/**
 * Whose email this user has: its own index, or for a duplicate that of another, plain user.
 * Far duplicates halve their distance to the start of the list, so that no two share one target and that in a long list
 * they lie on other pages than their targets.
 */
export function emailOwner(index: number, kind: Kind = kindOf(index)): number {
  if (kind === 'duplicate_adjacent') return index - 1;
  if (kind !== 'duplicate_far') return index;
  const block = Math.floor(index / PERIOD);
  return Math.floor(block / 2) * PERIOD + (block % 2 === 0 ? 2 : 3);
}
