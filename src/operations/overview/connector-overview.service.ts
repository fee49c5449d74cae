import { Inject, Injectable } from '@nestjs/common';
import type { Connector } from '../../connector/connector.entity';
import { ConnectorsService } from '../../connector/connectors.service';
import { DEFAULT_REMOVAL_LIMIT_PERCENT } from '../../connector/removal-limit';
import type { Grant } from '../../oauth/grant';
import { GrantStore } from '../../oauth/grant.store';
import { PROVIDERS, type Provider } from '../../oauth/provider';
import { ReauthorizeLinks } from '../../oauth/reauthorize-links';
import { Clock } from '../../platform/clock/clock';
import type { Config } from '../../platform/config/config';
import { CONFIG } from '../../platform/config/config.token';
import { DueStatuses } from '../../users/due-statuses.service';
import type { ConnectorOverviewDto, SideDto } from './connector-overview.dto';
import { ConnectorOverviewRepository, type ConnectorFacts } from './connector-overview.repository';
import { toDeltaRefusedDto, toGrantDto, toLastSyncDto, toZoomPhoneDto } from './describe-overview';
import { hasActive, needsAdmin, reasonFor } from './judge-side';

/** Puts together what one look at a connector should tell. */
@Injectable()
export class ConnectorOverviewService {
  constructor(
    private readonly connectors: ConnectorsService,
    private readonly grants: GrantStore,
    private readonly repository: ConnectorOverviewRepository,
    private readonly links: ReauthorizeLinks,
    private readonly statuses: DueStatuses,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** `mayManage`: the links by which a side is authorised again are for those who may change the connector. */
  async get(connectorId: string, { mayManage }: { mayManage: boolean }): Promise<ConnectorOverviewDto> {
    const connector = await this.connectors.get(connectorId);
    // What has expired since the last sweep must not be counted as it was.
    await this.statuses.settle(this.clock.now(), { connectorId });
    const [facts, grants, users, lastRun, zoomPhone] = await Promise.all([
      this.repository.facts(connectorId),
      this.grants.list(connectorId),
      this.repository.countUsers(connectorId),
      this.repository.lastRun(connectorId),
      this.repository.zoomPhone(connectorId),
    ]);
    const { state, stateSince } = connector;
    return {
      id: connector.connectorId,
      name: connector.name,
      state,
      stateReason: connector.stateReason,
      stateSince: stateSince.toISOString(),
      reasons: state !== 'reauthorization_required' ? [] : describeReasons(grants, stateSince),
      disconnectsAt: this.disconnectsAt(connector, grants, facts)?.toISOString() ?? null,
      syncedAt: facts?.syncedAt?.toISOString() ?? null,
      membership: connector.membership,
      removalLimitPercent: connector.removalLimitPercent ?? DEFAULT_REMOVAL_LIMIT_PERCENT,
      language: facts?.language ?? null,
      alerts: { dead: facts?.deadAlerts ?? 0 },
      zoom: this.side(connector, 'zoom', grants, mayManage),
      cloudlink: this.side(connector, 'cloudlink', grants, mayManage),
      users,
      lastSync: lastRun === undefined ? null : toLastSyncDto(lastRun),
      nextFullSyncAt: facts?.nextFullSyncAt?.toISOString() ?? null,
      deltaRefused: facts === undefined ? null : toDeltaRefusedDto(facts),
      zoomPhone: toZoomPhoneDto(zoomPhone),
    };
  }

  private side(connector: Connector, provider: Provider, grants: Grant[], mayManage: boolean): SideDto {
    const offered = mayManage && connector.state !== 'disconnected' && needsAdmin(grants, provider);
    const link = offered ? this.links.linkFor(connector.connectorId, provider) : undefined;
    return {
      accountId: provider === 'zoom' ? connector.zoomAccountId : connector.cloudlinkAccountId,
      grants: grants.filter((grant) => grant.provider === provider).map(toGrantDto),
      reauthorize: link === undefined ? null : { url: link.url, expiresAt: link.expiresAt.toISOString() },
    };
  }

  /** null: nothing speaks for it, or it has happened. */
  private disconnectsAt({ state }: Connector, grants: Grant[], facts: ConnectorFacts | undefined): Date | null {
    const told = facts?.zoomDeauthorisedAt ?? null;
    if (told === null || state === 'disconnected' || hasActive(grants, 'zoom')) return null;
    return new Date(told.getTime() + this.config.gracePeriodSeconds * 1000);
  }
}

const describeReasons = (grants: Grant[], stateSince: Date): ConnectorOverviewDto['reasons'] =>
  PROVIDERS.flatMap((provider) => {
    const reason = reasonFor(grants, provider, stateSince);
    return reason === undefined ? [] : [{ ...reason, since: reason.since.toISOString() }];
  });
