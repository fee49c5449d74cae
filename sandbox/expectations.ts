import { usersOf, type AccountNumber } from './accounts';
import { emailOwner, kindOf, type Kind } from './directory/kinds';

/** Words of the connector for what is wrong with a user; compared as text, nothing is imported from it. */
export const PROBLEM_KINDS = [
  'no_zoom_user',
  'duplicate_email',
  'invalid_hash',
  'invalid_port',
  'invalid_host',
  'unknown_registrar_role',
  'invalid_realm',
] as const;

export type ProblemKind = (typeof PROBLEM_KINDS)[number];

/** What a correct connector ends up with after reading an unchanged directory. */
export interface Expectation {
  /** Items of the PSI listing. */
  cloudlinkItems: number;
  /** Directory users of the Zoom listings, without the admins who come on top of `active`. */
  zoomUsers: { active: number; inactive: number; pending: number };
  /** Zoom users whose email CloudLink knows = withCredential + pending + revoked + broken + ambiguous. */
  integrated: number;
  /** One CloudLink user, `ready`, nothing wrong with the item. */
  withCredential: number;
  /** CloudLink has not authorised them yet. */
  pending: number;
  revoked: number;
  /** `ready`, but with an item that must be refused: no credential. */
  broken: number;
  /**
   * Two CloudLink users claim their email. Whether the connector keeps the first or neither is its own decision, so
   * these are counted apart; they are not in withCredential.
   */
  ambiguous: number;
  /** Zoom users whom CloudLink does not know: neither integrated nor a problem. */
  unknownToCloudlink: number;
  /**
   * Per kind. For duplicates: the surplus CloudLink users. A connector that gives a contested email to nobody reports the
   * other claimant as well, so it has between once and twice as many.
   */
  problems: Record<ProblemKind, number>;
}

const PROBLEM_OF: Partial<Record<Kind, ProblemKind>> = {
  missing_at_zoom: 'no_zoom_user',
  duplicate_adjacent: 'duplicate_email',
  duplicate_far: 'duplicate_email',
  broken_hash: 'invalid_hash',
  broken_port: 'invalid_port',
  broken_host: 'invalid_host',
  broken_role: 'unknown_registrar_role',
  broken_realm: 'invalid_realm',
};

/** Counted from the kinds alone, independently of how lists are served. The seed changes who is who, not how many. */
export function expectationFor(users: number, account: AccountNumber = 1): Expectation {
  const count = usersOf(account, users);
  const problems = Object.fromEntries(PROBLEM_KINDS.map((kind) => [kind, 0])) as Record<ProblemKind, number>;
  const kinds = new Map<Kind, number>();
  const claimedTwice = new Set<number>();
  for (let index = 0; index < count; index += 1) {
    const kind = kindOf(index);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    const problem = PROBLEM_OF[kind];
    if (problem !== undefined) problems[problem] += 1;
    if (emailOwner(index, kind) !== index) claimedTwice.add(emailOwner(index, kind));
  }
  const of = (...names: Kind[]): number => names.reduce((sum, name) => sum + (kinds.get(name) ?? 0), 0);
  const broken = of('broken_hash', 'broken_port', 'broken_host', 'broken_role', 'broken_realm');
  const duplicates = of('duplicate_adjacent', 'duplicate_far');
  const absentAtZoom = of('missing_at_zoom') + duplicates;
  const plain = of('ready', 'zoom_inactive', 'zoom_pending');
  return {
    cloudlinkItems: count - of('missing_at_cloudlink'),
    zoomUsers: {
      active: count - absentAtZoom - of('zoom_inactive', 'zoom_pending'),
      inactive: of('zoom_inactive'),
      pending: of('zoom_pending'),
    },
    integrated: count - absentAtZoom - of('missing_at_cloudlink'),
    withCredential: plain - claimedTwice.size,
    pending: of('psi_pending'),
    revoked: of('psi_revoked'),
    broken,
    ambiguous: claimedTwice.size,
    unknownToCloudlink: of('missing_at_cloudlink'),
    problems,
  };
}
