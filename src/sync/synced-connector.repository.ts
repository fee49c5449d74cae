import type { Queryable } from '../platform/database/database';
import type { Membership } from './plan-types';

export interface SyncedConnector {
  state: 'pending' | 'active' | 'reauthorization_required' | 'disconnected';
  membership: Membership;
}

/** What a sync needs to know of its connector. */
export class SyncedConnectorRepository {
  async find(connectorId: string, via: Queryable): Promise<SyncedConnector | undefined> {
    const { rows } = await via.query<SyncedConnector>(
      'select state, membership from connectors where connector_id = $1',
      [connectorId],
    );
    return rows[0];
  }

  /**
   * For whoever ends a run, before its row is locked: the schedule, too, takes the connector first and then meets the
   * run, so that the other order would be a deadlock. Users may still be added meanwhile.
   */
  async hold(connectorId: string, transaction: Queryable): Promise<void> {
    await transaction.query('select from connectors where connector_id = $1 for no key update', [connectorId]);
  }

  /** Until the transaction ends no run of this connector can be enqueued: a new row of sync_runs must lock its connector too. */
  async lock(connectorId: string, transaction: Queryable): Promise<SyncedConnector | undefined> {
    const { rows } = await transaction.query<SyncedConnector>(
      'select state, membership from connectors where connector_id = $1 for update',
      [connectorId],
    );
    return rows[0];
  }
}
