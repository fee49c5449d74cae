import type { Grant } from '../../oauth/grant';
import type { GrantDto, LastSyncDto } from './connector-overview.dto';
import type { LastRun } from './connector-overview.repository';

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
});

export const toLastSyncDto = (run: LastRun): LastSyncDto => ({
  id: run.runId,
  state: run.state,
  createdAt: run.createdAt.toISOString(),
  finishedAt: run.finishedAt?.toISOString() ?? null,
});
