import type { DiagnosisCode } from '../diagnosis-code';
import type { TargetFacts } from '../facts';
import { lostItsUsers, onlyMobilesAreRefused } from './connector-signs';
import { causeOf } from './target-cause';
import { answerOf, hadNoAnswer, type UserCase } from './user-case';

export interface UserRule {
  code: DiagnosisCode;
  when: (facts: UserCase) => boolean;
}

/** Answers to a REGISTER that say: not this credential, or not this user. */
const REFUSALS: ReadonlySet<number> = new Set([401, 403, 404, 407, 410, 604]);
const CREDENTIAL_REFUSALS: ReadonlySet<number> = new Set([401, 407]);
const UNKNOWN_USER: ReadonlySet<number> = new Set([404, 410, 604]);
/** Answers that say: not now, through no fault of the user's. 408 and 480 from a registrar are about what stands behind it. */
const FAILURES: ReadonlySet<number> = new Set([408, 480, 500, 502, 504]);

const isAnswerOf = (facts: UserCase, codes: ReadonlySet<number>): boolean => codes.has(answerOf(facts) ?? 0);

/** Apps answer a real 503 with one of their own a moment later (facts of linphone), so ours is believed, too. */
const isOverloaded = (facts: UserCase): boolean =>
  answerOf(facts) === 503 || (facts.failure?.code === 503 && facts.target?.reason === 'sip_overloaded');

/** One licence per device: the second device of a user with one licence is refused. */
function lacksLicence({ user }: UserCase): boolean {
  if (user.zoomPsi === false) return true;
  const devices = user.devices.filter(({ outcome }) => outcome !== 'unregistered').length;
  return user.teleworker !== null && user.teleworker < devices;
}

const works = (target: TargetFacts | undefined): boolean =>
  target !== undefined && (target.state === 'ok' || target.reason === 'certificate_expiring');

const CERTIFICATE_AND_TARGET_CODES = [
  'certificate_expired',
  'certificate_not_yet_valid',
  'certificate_untrusted',
  'certificate_name_mismatch',
  'client_certificate_required',
  'target_wrong_port',
  'target_silent',
  'target_down',
] as const satisfies readonly DiagnosisCode[];

/**
 * Why one user cannot be reached: the first rule that holds is the cause. What we saw ourselves goes before what the app
 * says, and what explains many users before what explains one.
 */
export const USER_RULES: readonly UserRule[] = [
  // Nothing came back to the app, and nothing comes back to us: that is why.
  ...CERTIFICATE_AND_TARGET_CODES.map((code): UserRule => ({
    code,
    when: (facts) => hadNoAnswer(facts) && facts.target !== undefined && causeOf(facts.target) === code,
  })),
  { code: 'registrar_lost_users', when: (facts) => lostItsUsers(facts.connector) && isAnswerOf(facts, REFUSALS) },
  { code: 'realm_mismatch', when: ({ word }) => word === 'realm_mismatch' },
  { code: 'algorithm_not_offered', when: ({ word }) => word === 'algorithm_not_offered' },
  {
    code: 'licence_missing',
    when: (facts) => (answerOf(facts) === 403 || answerOf(facts) === 503) && lacksLicence(facts),
  },
  // The hash that we hold is right, so the app holds another one.
  {
    code: 'app_credential_outdated',
    when: (facts) => facts.word === 'accepted' && isAnswerOf(facts, REFUSALS),
  },
  { code: 'user_unknown', when: (facts) => facts.word === 'user_unknown' || isAnswerOf(facts, UNKNOWN_USER) },
  {
    code: 'push_not_supported',
    when: (facts) =>
      facts.failure?.platform === 'mobile' &&
      (answerOf(facts) === 555 || (answerOf(facts) !== undefined && onlyMobilesAreRefused(facts.connector))),
  },
  {
    code: 'hash_refused',
    when: (facts) =>
      facts.word === 'hash_refused' ||
      isAnswerOf(facts, CREDENTIAL_REFUSALS) ||
      (answerOf(facts) === 403 && facts.word === 'forbidden'),
  },
  { code: 'registrar_overloaded', when: (facts) => isOverloaded(facts) },
  { code: 'registrar_failed', when: (facts) => isAnswerOf(facts, FAILURES) },
  // We get through, the app does not: what lies between them.
  { code: 'app_cannot_reach_target', when: (facts) => hadNoAnswer(facts) && works(facts.target) },
  { code: 'unexplained', when: ({ failure }) => failure !== undefined },
  {
    code: 'registered_not_reachable',
    when: ({ user, registeredAt, word }) =>
      user.status === 'registered' &&
      (registeredAt?.state === 'down' ||
        (word === 'accepted' && user.check?.isNewer === true && user.check.bindings === 0)),
  },
  { code: 'credential_pending', when: ({ user }) => user.status === 'pending' },
];
