import { DEFAULT_REMOVAL_LIMIT_PERCENT } from '../connector/removal-limit';
import type { Queryable } from '../platform/database/database';
import type { Membership } from './plan-types';
import { addDueJob } from './sync-jobs';

/** So long may further hints come in before the run that follows all of them. */
const SOON_SECONDS = 30;

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
  async hold(connectorId: string, transaction: Queryable): Promise<{ removalLimitPercent: number }> {
    const { rows } = await transaction.query<{ percent: number | null }>(
      'select removal_limit_percent as percent from connectors where connector_id = $1 for no key update',
      [connectorId],
    );
    return { removalLimitPercent: rows[0]?.percent ?? DEFAULT_REMOVAL_LIMIT_PERCENT };
  }

  /** Until the transaction ends no run of this connector can be enqueued: a new row of sync_runs must lock its connector too. */
  async lock(connectorId: string, transaction: Queryable): Promise<SyncedConnector | undefined> {
    const { rows } = await transaction.query<SyncedConnector>(
      'select state, membership from connectors where connector_id = $1 for update',
      [connectorId],
    );
    return rows[0];
  }

  /**
   * Makes the next sync due soon. Asked a thousand times, it is one run; asked while a run is open, it is a run after
   * that one, because a connector is due until none is open (DueSyncs).
   */
  async requestSync(connectorId: string, via: Queryable): Promise<void> {
    const { rowCount } = await via.query({
      name: 'connector-request-sync',
      text: `update connectors set next_sync_at = now() + make_interval(secs => $2)
             where connector_id = $1 and state = 'active' and next_sync_at > now() + make_interval(secs => $2)`,
      values: [connectorId, SOON_SECONDS],
    });
    if (rowCount === 1) await addDueJob(connectorId, SOON_SECONDS, via);
  }

  /** In how many seconds the next sync is due, when that is before the next look at all connectors; may lie in the past. */
  async secondsUntilDue(connectorId: string, withinSeconds: number, via: Queryable): Promise<number | undefined> {
    const { rows } = await via.query<{ seconds: number }>(
      `select extract(epoch from next_sync_at - now())::float8 as seconds from connectors
       where connector_id = $1 and state = 'active' and next_sync_at < now() + make_interval(secs => $2)`,
      [connectorId, withinSeconds],
    );
    return rows[0]?.seconds;
  }

  /**
   * Up to `limit` active connectors that are due and have no open run, or the one that is asked for; they are due again
   * an interval later: ± 10 %, so that connectors which were made together do not call the providers together for ever. A
   * connector that was never due is due now. One whose run is open stays due: what was asked for meanwhile needs a run
   * that begins after it was asked. Any number of processes may look at once.
   */
  async takeDue(
    which: { limit: number; connectorId?: string },
    intervalSeconds: number,
    transaction: Queryable,
  ): Promise<{ connectorId: string; isFirst: boolean }[]> {
    const { rows } = await transaction.query<{ connectorId: string; isFirst: boolean }>(
      `with due as (
         select connector_id from connectors c
         where state = 'active' and (next_sync_at is null or next_sync_at <= now())
           and ($3::uuid is null or connector_id = $3)
           and not exists (select from sync_runs r where r.connector_id = c.connector_id and r.state in ('queued', 'running'))
         order by next_sync_at nulls first limit $2 for no key update skip locked
       )
       update connectors c set next_sync_at = now() + make_interval(secs => $1 * (0.9 + 0.2 * random()))
       from due where c.connector_id = due.connector_id
       returning c.connector_id as "connectorId",
                 not exists (select from sync_runs r where r.connector_id = c.connector_id) as "isFirst"`,
      [intervalSeconds, which.limit, which.connectorId ?? null],
    );
    return rows;
  }

  /**
   * After a run that has missed somebody for the first time: at the latest in `seconds`, at the least one interval, both
   * sides are to be read whole again, so that who has left does not keep a telephone for longer. Every run reads them
   * whole: what is due later than that, because the interval was longer when it was set, is brought forward.
   */
  async requestFullSync(connectorId: string, seconds: number, via: Queryable): Promise<void> {
    await via.query(
      `update connectors set next_sync_at = now() + make_interval(secs => $2)
       where connector_id = $1 and state = 'active' and next_sync_at > now() + make_interval(secs => $2 * 1.1)`,
      [connectorId, seconds],
    );
  }
}
