/** What the end of a complete run knows. */
export interface RemovalFacts {
  cloudlinkItems: number;
  /** Whether Zoom listed anybody. */
  hasZoomUsers: boolean;
  /** Items of CloudLink that name nobody. */
  unattributed: number;
  /** Users who are not removed at this moment. */
  present: number;
  /** Those of them whom the run did not find. */
  missing: number;
  /** Those of the missing whom an earlier complete run missed as well, long enough ago. */
  due: number;
  /** Up to this share of the users may be removed without a question. */
  limitPercent: number;
}

/**
 * `settle`: remove those who are due, mark the others who are missing. `ask`: remove nobody, a person decides; `isCredible`
 * says whether what was read may at least mark people as missing.
 */
export type RemovalDecision = { kind: 'settle' } | { kind: 'ask'; message: string; isCredible: boolean };

const ALWAYS_ALLOWED = 5;

/**
 * A failed, empty or shrunken read never deletes: above a limit a person decides.
 * (A failed read does not come this far: the run fails and nobody is removed.)
 */
export function decideRemoval(facts: RemovalFacts): RemovalDecision {
  const { missing, due, present, limitPercent } = facts;
  if (missing === 0) return { kind: 'settle' };
  const ask = (why: string, isCredible: boolean): RemovalDecision => ({
    kind: 'ask',
    message: `${why} Nobody was removed: approve this run if ${countUsers(missing, present)} should really be removed.`,
    isCredible,
  });
  if (facts.cloudlinkItems === 0) return ask('CloudLink listed no users at all.', false);
  if (!facts.hasZoomUsers) return ask('Zoom listed no users at all.', false);
  if (facts.unattributed > 0) {
    return ask('CloudLink listed users without an id, so it is not known who is missing.', false);
  }
  const already = due === missing ? '' : `, ${due} of them for the second time`;
  // For small accounts, where five are everybody.
  if (due * 2 > present) return ask(`More than half of the users are missing${already}.`, true);
  if (due > Math.max(ALWAYS_ALLOWED, (present * limitPercent) / 100)) {
    return ask(`More users are missing than usual (over ${limitPercent} %${already}).`, true);
  }
  return { kind: 'settle' };
}

/** The number that an approval would remove: all who are missing, not only those who are due. */
const countUsers = (missing: number, present: number): string =>
  missing === 1 ? '1 user' : `${missing} of ${present} users`;
