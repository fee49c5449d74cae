import type { Alerts } from '../alerts/alerts';
import type { GrantStore } from '../oauth/grant.store';
import { PROVIDERS, type Provider } from '../oauth/provider';
import type { Clock } from '../platform/clock/clock';
import type { Queryable } from '../platform/database/database';
import type { Queue } from '../platform/queue/queue';
import { ENQUEUE_DUE_SYNC, enqueueDueSyncJob, WATCH_CLOUDLINK, watchCloudlinkJob } from './connector-jobs';
import type { ConnectorRepository } from './connector.repository';
import { checkMove, stateFromGrants, type ConnectorState } from './connector-state';
import type { LinkCandidate } from './plan-link';

/** Makes a connector what its grants make of it, and tells people when that is something else than before. */
export class StateSettling {
  constructor(
    private readonly connectors: ConnectorRepository,
    private readonly grants: GrantStore,
    private readonly alerts: Alerts,
    private readonly queue: Queue,
    private readonly clock: Clock,
  ) {}

  async settle(transaction: Queryable, connector: LinkCandidate): Promise<ConnectorState> {
    const now = this.clock.now();
    const { connectorId } = connector;
    const without: Provider[] = [];
    for (const provider of PROVIDERS) {
      if ((await this.grants.countActive(connectorId, provider, transaction)) === 0) without.push(provider);
    }
    const state = stateFromGrants({
      bothAccounts: connector.zoomAccountId !== null && connector.cloudlinkAccountId !== null,
      zoomActive: !without.includes('zoom'),
      cloudlinkActive: !without.includes('cloudlink'),
    });
    checkMove(connector.state, state);
    const reasons: string[] = [];
    if (state === 'reauthorization_required') {
      for (const provider of without) {
        reasons.push(
          `${provider}_grant_dead: ${(await this.grants.lastDead(connectorId, provider, transaction))?.reason ?? 'none given'}`,
        );
      }
    }
    const becameActive = state === 'active' && connector.state !== 'active';
    const reason = reasons.length === 0 ? null : reasons.join('; ');
    await this.connectors.setState(transaction, connectorId, state, reason, now, becameActive);
    // Somebody looks at the screen and waits for the users.
    if (becameActive)
      await this.queue.add(ENQUEUE_DUE_SYNC, { connectorId }, enqueueDueSyncJob(connectorId), transaction);
    await this.tellState(transaction, connectorId, connector.state, state, without);
    return state;
  }

  private async tellState(
    transaction: Queryable,
    connectorId: string,
    from: ConnectorState,
    to: ConnectorState,
    without: Provider[],
  ): Promise<void> {
    if (from === to) return;
    if (to === 'reauthorization_required') {
      for (const provider of without) {
        const { grantId, reason = 'none_given' } =
          (await this.grants.lastDead(connectorId, provider, transaction)) ?? {};
        await this.alerts.raise(
          {
            connectorId,
            kind: 'connector.reauthorization_required',
            provider,
            ...(grantId === undefined ? {} : { grantId }),
            reason,
          },
          transaction,
        );
      }
    } else if (to === 'active' && from === 'reauthorization_required') {
      await this.alerts.raise({ connectorId, kind: 'connector.recovered' }, transaction);
    }
    if (to === 'active')
      await this.queue.add(WATCH_CLOUDLINK, { connectorId }, watchCloudlinkJob(connectorId), transaction);
  }
}
