import type { Platform } from '../../users/registration-report';
import type { SipSource } from '../../sip/sip-source';
import type { DiagnosisCode } from '../diagnosis-code';
import type { ConnectorFacts, UserFacts } from '../facts';
import { openCase } from './user-case';
import { USER_RULES } from './user-rules';

/** Why a user cannot be reached, as far as programs need it. */
export interface Cause {
  code: DiagnosisCode;
  /** Id of the target that it is about; null: none in particular. */
  target: string | null;
  /** The failure that it explains; null: none was reported. */
  failure: { platform: Platform; code: number | null; source: SipSource | null } | null;
}

/** null: nothing is wrong, as far as anybody can see. */
export function diagnoseUser(user: UserFacts, connector: ConnectorFacts): Cause | null {
  if (user.status === 'removed') return null;
  const facts = openCase(user, connector);
  const rule = USER_RULES.find(({ when }) => when(facts));
  if (rule === undefined) return null;
  const { failure, target } = facts;
  return {
    code: rule.code,
    target: target?.id ?? null,
    failure: failure === undefined ? null : { platform: failure.platform, code: failure.code, source: failure.source },
  };
}
