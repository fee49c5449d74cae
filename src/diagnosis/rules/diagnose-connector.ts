import { DIAGNOSIS_CODES, SEVERITIES, type DiagnosisCode, type Severity } from '../diagnosis-code';
import type { ConnectorFacts, TargetFacts, UserFacts } from '../facts';
import { isSyncStale } from './connector-signs';
import { diagnoseUser, type Cause } from './diagnose-user';
import { severityOf, severityOfTarget } from './severity-of';
import { causeOf } from './target-cause';

/** Users whose facts are equal. */
export interface UserGroup {
  facts: UserFacts;
  users: number;
  /** The first of them, by email. */
  emails: readonly string[];
  /** Since when the first of them is in this status. */
  since: Date | null;
}

/** One thing that is wrong with a connector, and whom it hits. */
export interface Finding {
  code: DiagnosisCode;
  severity: Severity;
  target: TargetFacts | null;
  /** The failures that devices have reported because of it. */
  failure: Cause['failure'];
  /** Of a target: who has it among their targets. Else: whose cause this is. */
  usersAffected: number;
  /** Whose telephone fails because of it, at most `usersAffected`. */
  usersFailing: number;
  emails: readonly string[];
  since: Date | null;
}

const MAX_EMAILS = 5;

/** About a target, and not about the user: one item for each target. */
const OF_TARGET: ReadonlySet<DiagnosisCode> = new Set([
  'certificate_expired',
  'certificate_not_yet_valid',
  'certificate_untrusted',
  'certificate_name_mismatch',
  'certificate_expiring',
  'client_certificate_required',
  'target_down',
  'target_silent',
  'target_wrong_port',
  'registrar_overloaded',
  'registrar_failed',
  'app_cannot_reach_target',
]);

/** Everything that is wrong, the worst first: each user is counted under one cause. */
export function diagnoseConnector(connector: ConnectorFacts, groups: readonly UserGroup[]): Finding[] {
  const findings = new Map<string, Finding>();
  for (const group of groups) {
    const cause = diagnoseUser(group.facts, connector);
    if (cause !== null) add(findings, cause, group, connector);
  }
  for (const target of connector.targets.values()) {
    const code = causeOf(target);
    if (code !== undefined) ofTarget(findings, code, target);
  }
  for (const finding of findings.values()) settle(finding, connector);
  const all = [...findings.values()];
  if (isSyncStale(connector)) all.push(staleSync(connector));
  return all.sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      b.usersAffected - a.usersAffected ||
      DIAGNOSIS_CODES.indexOf(a.code) - DIAGNOSIS_CODES.indexOf(b.code),
  );
}

function add(findings: Map<string, Finding>, cause: Cause, group: UserGroup, connector: ConnectorFacts): void {
  const target = OF_TARGET.has(cause.code) ? (connector.targets.get(cause.target ?? '') ?? null) : null;
  const key = `${cause.code} ${target?.id ?? ''} ${cause.code === 'unexplained' ? (cause.failure?.code ?? '') : ''}`;
  const found = findings.get(key);
  const finding: Finding = found ?? {
    code: cause.code,
    severity: severityOf(cause.code),
    target,
    failure: cause.failure,
    usersAffected: 0,
    usersFailing: 0,
    emails: [],
    since: null,
  };
  finding.usersAffected += group.users;
  finding.usersFailing += group.users;
  finding.emails = [...finding.emails, ...group.emails].sort().slice(0, MAX_EMAILS);
  finding.since = earlier(finding.since, group.since);
  if (found === undefined) findings.set(key, finding);
}

function ofTarget(findings: Map<string, Finding>, code: DiagnosisCode, target: TargetFacts): void {
  const key = `${code} ${target.id} `;
  if (findings.has(key)) return;
  findings.set(key, {
    code,
    severity: severityOf(code),
    target,
    failure: null,
    usersAffected: 0,
    usersFailing: 0,
    emails: [],
    since: target.since,
  });
}

function settle(finding: Finding, connector: ConnectorFacts): void {
  const { target, code } = finding;
  if (target === null) return;
  // What the probe has seen hits all who have this target; what apps alone report hits those who report it.
  if (causeOf(target) !== code) return;
  finding.usersAffected = Math.max(target.users, finding.usersFailing);
  finding.severity = severityOfTarget(code, target, connector, finding.usersFailing);
  finding.since = target.since;
}

const staleSync = (connector: ConnectorFacts): Finding => ({
  code: 'sync_stale',
  severity: severityOf('sync_stale'),
  target: null,
  failure: null,
  usersAffected: connector.users,
  usersFailing: 0,
  emails: [],
  since: connector.syncedAt,
});

const earlier = (a: Date | null, b: Date | null): Date | null => (a === null || (b !== null && b < a) ? (b ?? a) : a);
