import type { Language } from '../../platform/config/config';
import { ASSUMED } from './assumptions';
import { CHECK_CODES, CHECK_STATES, type CheckCode, type CheckState } from './check-codes';
import { MOST_EXAMPLES, type Affected } from './facts';
import type { Finding } from './findings';
import type { CheckDto, PreflightDto } from './preflight.dto';
import { describeFinding } from './texts/describe-finding';

export type Findings = Record<CheckCode, Finding>;

export function describePreflight(findings: Findings, checkedAt: Date, language: Language): PreflightDto {
  const items = CHECK_CODES.map((code) => describeCheck(code, findings[code], language));
  return { checkedAt: checkedAt.toISOString(), counts: countStates(findings), items };
}

export function countStates(findings: Findings): Record<CheckState, number> {
  const count = (state: CheckState): number => CHECK_CODES.filter((code) => findings[code].state === state).length;
  return Object.fromEntries(CHECK_STATES.map((state) => [state, count(state)])) as Record<CheckState, number>;
}

function describeCheck(code: CheckCode, finding: Finding, language: Language): CheckDto {
  const { title, evidence, nextStep } = describeFinding(code, finding, language);
  const affected = affectedBy(finding);
  return {
    code,
    state: finding.state,
    title,
    evidence,
    nextStep: nextStep === '' ? null : nextStep,
    usersAffected: affected?.count ?? null,
    examples: [...(affected?.examples ?? [])],
    isAssumption: ASSUMED.has(code),
  };
}

/** Whom a finding concerns, where it concerns users. */
function affectedBy(finding: Finding): Affected | undefined {
  switch (finding.key) {
    case 'seats_unpaid':
      return finding.values.unpaid;
    case 'zoom_psi_missing':
      return finding.values.without;
    case 'teleworker_missing':
      return together(finding.values.without, finding.values.one);
    case 'missing_at_zoom':
      return together(finding.values.missing, finding.values.notActive);
    case 'missing_at_cloudlink':
      return finding.values.missing;
    case 'apps_too_old':
      return finding.values.tooOld;
    default:
      return undefined;
  }
}

const together = (first: Affected, second: Affected): Affected => ({
  count: first.count + second.count,
  examples: [...first.examples, ...second.examples].slice(0, MOST_EXAMPLES),
});
