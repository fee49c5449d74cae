import { Injectable } from '@nestjs/common';
import { ConnectorsService } from '../connector/connectors.service';
import { GrantStore } from '../oauth/grant.store';
import type { Grant } from '../oauth/grant';
import { Clock } from '../platform/clock/clock';
import { Database } from '../platform/database/database';
import { DueStatuses } from '../users/due-statuses.service';
import type { ConnectorOverviewDto, GrantDto, LastSyncDto, StatusCountsDto } from './connector-overview.dto';

/** Puts together what one look at a connector should tell. */
@Injectable()
export class ConnectorOverviewService {
  constructor(
    private readonly connectors: ConnectorsService,
    private readonly grants: GrantStore,
    private readonly database: Database,
    private readonly statuses: DueStatuses,
    private readonly clock: Clock,
  ) {}

  async get(connectorId: string): Promise<ConnectorOverviewDto> {
    const connector = await this.connectors.get(connectorId);
    // What has expired since the last sweep must not be counted as it was.
    await this.statuses.settle(this.clock.now(), { connectorId });
    const [grants, users, lastSync] = await Promise.all([
      this.grants.list(connectorId),
      this.countUsers(connectorId),
      this.lastSync(connectorId),
    ]);
    const side = (
      provider: Grant['provider'],
      accountId: string | null,
    ): { accountId: string | null; grants: GrantDto[] } => ({
      accountId,
      grants: grants.filter((grant) => grant.provider === provider).map(toGrantDto),
    });
    return {
      id: connector.connectorId,
      name: connector.name,
      state: connector.state,
      stateReason: connector.stateReason,
      stateSince: connector.stateSince.toISOString(),
      membership: connector.membership,
      zoom: side('zoom', connector.zoomAccountId),
      cloudlink: side('cloudlink', connector.cloudlinkAccountId),
      users,
      lastSync,
    };
  }

  private async countUsers(connectorId: string): Promise<StatusCountsDto> {
    const { rows } = await this.database.query<{ status: keyof StatusCountsDto; n: number }>(
      'select status, count(*)::int as n from integrated_users where connector_id = $1 group by status',
      [connectorId],
    );
    const counts: StatusCountsDto = { pending: 0, inactive: 0, registered: 0, sip_error: 0, removed: 0 };
    for (const row of rows) counts[row.status] = row.n;
    return counts;
  }

  private async lastSync(connectorId: string): Promise<LastSyncDto | null> {
    const { rows } = await this.database.query<{
      run_id: string;
      state: string;
      created_at: Date;
      finished_at: Date | null;
    }>(
      'select run_id, state, created_at, finished_at from sync_runs where connector_id = $1 order by created_at desc, run_id desc limit 1',
      [connectorId],
    );
    const [run] = rows;
    return run === undefined
      ? null
      : {
          id: run.run_id,
          state: run.state,
          createdAt: run.created_at.toISOString(),
          finishedAt: run.finished_at?.toISOString() ?? null,
        };
  }
}

const toGrantDto = (grant: Grant): GrantDto => ({
  id: grant.grantId,
  state: grant.state,
  admin: grant.subjectEmail,
  role: grant.subjectRole,
  authorisedAt: grant.createdAt.toISOString(),
  refreshedAt: grant.refreshedAt?.toISOString() ?? null,
  deadReason: grant.deadReason,
});
