import type { Queryable } from '../platform/database/database';
import type { Membership } from './plan-types';

/** So long may further hints come in before the run that follows all of them. */
const SOON_SECONDS = 30;

export interface SyncedConnector {
  state: 'pending' | 'active' | 'reauthorization_required' | 'disconnected';
  membership: Membership;
  /** What has changed at CloudLink after this has not been read yet; null: no run has succeeded. */
  deltaFrom: Date | null;
}

/** What a sync needs to know of its connector. */
export class SyncedConnectorRepository {
  async find(connectorId: string, via: Queryable): Promise<SyncedConnector | undefined> {
    const { rows } = await via.query<SyncedConnector>(
      'select state, membership, delta_from as "deltaFrom" from connectors where connector_id = $1',
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
      'select state, membership, delta_from as "deltaFrom" from connectors where connector_id = $1 for update',
      [connectorId],
    );
    return rows[0];
  }

  /**
   * Makes the next sync due soon. Asked a thousand times, it is one run; asked while a run is open, it is a run after
   * that one, because a connector is due until none is open (SyncRunRepository.enqueueDue).
   */
  async requestSync(connectorId: string, via: Queryable): Promise<void> {
    await via.query({
      name: 'connector-request-sync',
      text: `update connectors set next_sync_at = now() + make_interval(secs => $2)
             where connector_id = $1 and state = 'active' and next_sync_at > now() + make_interval(secs => $2)`,
      values: [connectorId, SOON_SECONDS],
    });
  }

  /** As requestSync, for what CloudLink's changes do not tell: who has left, and what is new at Zoom. */
  async requestFullSync(connectorId: string, via: Queryable): Promise<void> {
    await via.query({
      name: 'connector-request-full-sync',
      text: `update connectors set next_full_sync_at = null
             where connector_id = $1 and state = 'active' and next_full_sync_at is not null`,
      values: [connectorId],
    });
    await this.requestSync(connectorId, via);
  }
}
