/** What the end of a complete run knows. */
export interface RemovalFacts {
  cloudlinkItems: number;
  zoomUsers: number;
  /** Items of CloudLink that name nobody. */
  unattributed: number;
  /** Users who are not removed at this moment. */
  present: number;
  /** Those of them whom the run did not find. */
  missing: number;
}

export type RemovalDecision = { kind: 'remove' } | { kind: 'ask'; message: string };

const ALWAYS_ALLOWED = 5;
const ALLOWED_SHARE = 0.05;

/**
 * A failed, empty or shrunken read never deletes: above a limit a person decides.
 * (A failed read does not come this far: the run fails and nobody is removed.)
 */
export function decideRemoval(facts: RemovalFacts): RemovalDecision {
  const { missing, present } = facts;
  if (missing === 0) return { kind: 'remove' };
  const users = missing === 1 ? '1 user' : `${missing} of ${present} users`;
  const ask = (why: string): RemovalDecision => ({
    kind: 'ask',
    message: `${why} Nobody was removed: approve this run if ${users} should really be removed.`,
  });
  if (facts.cloudlinkItems === 0) return ask('CloudLink listed no users at all.');
  if (facts.zoomUsers === 0) return ask('Zoom listed no users at all.');
  if (facts.unattributed > 0) {
    return ask('CloudLink listed users without an id, so it is not known who is missing.');
  }
  // For small accounts, where five are everybody.
  if (missing * 2 > present) return ask('More than half of the users are missing.');
  if (missing > Math.max(ALWAYS_ALLOWED, present * ALLOWED_SHARE)) {
    return ask('More users are missing than usual (over 5 %).');
  }
  return { kind: 'remove' };
}
