import type { Grant } from '../../oauth/grant';
import { REFUSAL_DAYS } from '../../sync/run-mode';
import type { DeltaRefusedDto, GrantDto, LastSyncDto, ZoomPhoneDto } from './connector-overview.dto';
import type { ConnectorFacts, LastRun, ZoomPhoneFacts } from './connector-overview.repository';

export const toGrantDto = (grant: Grant): GrantDto => ({
  id: grant.grantId,
  state: grant.state,
  kind: grant.kind,
  admin: grant.subjectEmail,
  role: grant.subjectRole,
  authorisedAt: grant.authorisedAt.toISOString(),
  refreshedAt: grant.refreshedAt?.toISOString() ?? null,
  checkedAt: grant.checkedAt?.toISOString() ?? null,
  atRisk:
    grant.atRiskReason === null || grant.atRiskSince === null
      ? null
      : { reason: grant.atRiskReason, since: grant.atRiskSince.toISOString() },
  deadReason: grant.deadReason,
  deadAt: grant.deadAt?.toISOString() ?? null,
});

export const toLastSyncDto = (run: LastRun): LastSyncDto => ({
  id: run.runId,
  mode: run.mode,
  state: run.state,
  createdAt: run.createdAt.toISOString(),
  finishedAt: run.finishedAt?.toISOString() ?? null,
});

export function toDeltaRefusedDto(
  facts: Pick<ConnectorFacts, 'deltaRefusedAt' | 'deltaRefusedReason'>,
): DeltaRefusedDto | null {
  const { deltaRefusedAt: since, deltaRefusedReason: reason } = facts;
  if (since === null || reason === null) return null;
  // Users without a time are looked for by each full run, so there is nothing to wait for.
  const triesAgainAt = reason === 'no_modified_on' ? null : new Date(since.getTime() + REFUSAL_DAYS * 86_400_000);
  return { reason, since: since.toISOString(), triesAgainAt: triesAgainAt?.toISOString() ?? null };
}

export function toZoomPhoneDto(facts: ZoomPhoneFacts | undefined): ZoomPhoneDto {
  const { failureCode: code = null, failedSince: failed = null } = facts ?? {};
  return {
    answer: facts?.answer ?? null,
    since: facts?.answerSince?.toISOString() ?? null,
    answeredAt: facts?.answeredAt?.toISOString() ?? null,
    failure: code === null || failed === null ? null : { code, since: failed.toISOString() },
  };
}
