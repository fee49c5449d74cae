import { DEFAULT_REMOVAL_LIMIT_PERCENT } from '../connector/removal-limit';
import type { Queryable } from '../platform/database/database';
import { DELTA_ALLOWED } from './delta-allowed';
import type { Membership } from './plan-types';
import { OVERLAP_SECONDS, type RunMode } from './run-mode';
import { addDueJob } from './sync-jobs';

/** So long may further hints come in before the run that follows all of them. */
const SOON_SECONDS = 30;

export interface SyncedConnector {
  state: 'pending' | 'active' | 'reauthorization_required' | 'disconnected';
  membership: Membership;
  /** What has changed at CloudLink after this has not been read yet; null: no run has succeeded. */
  deltaFrom: Date | null;
}

export interface SyncIntervals {
  syncIntervalSeconds: number;
  fullSyncIntervalSeconds: number;
}

export interface HeldConnector {
  removalLimitPercent: number;
  /** null: that of this deployment. */
  syncIntervalSeconds: number | null;
}

export interface DueConnector {
  connectorId: string;
  isFirst: boolean;
  mode: RunMode;
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
  async hold(connectorId: string, transaction: Queryable): Promise<HeldConnector> {
    const { rows } = await transaction.query<{ percent: number | null; interval: number | null }>(
      `select removal_limit_percent as percent, sync_interval_seconds as interval from connectors
       where connector_id = $1 for no key update`,
      [connectorId],
    );
    const { percent = null, interval = null } = rows[0] ?? {};
    return { removalLimitPercent: percent ?? DEFAULT_REMOVAL_LIMIT_PERCENT, syncIntervalSeconds: interval };
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
   * an interval later, their own or that of this deployment: ± 10 %, so that connectors which were made together do not call the providers together for ever. A
   * connector that was never due is due now. One whose run is open stays due: what was asked for meanwhile needs a run
   * that begins after it was asked. Any number of processes may look at once.
   * Full runs have an interval of their own; between them runs are deltas where that is possible, but not after a silence
   * of two intervals, in which webhooks may have been lost.
   */
  async takeDue(
    which: { limit: number; connectorId?: string },
    { syncIntervalSeconds, fullSyncIntervalSeconds }: SyncIntervals,
    transaction: Queryable,
  ): Promise<DueConnector[]> {
    const { rows } = await transaction.query<DueConnector>(
      `with due as (
         select connector_id, every,
                case when $4::int > every and next_full_sync_at > now()
                       and synced_at > now() - make_interval(secs => 2 * every + $5::int)
                       and ${DELTA_ALLOWED} then 'delta' else 'full' end as mode
         from connectors c cross join lateral (select coalesce(c.sync_interval_seconds, $1::int) as every) i
         where state = 'active' and (next_sync_at is null or next_sync_at <= now())
           and ($3::uuid is null or connector_id = $3)
           and not exists (select from sync_runs r where r.connector_id = c.connector_id and r.state in ('queued', 'running'))
         order by next_sync_at nulls first limit $2 for no key update of c skip locked
       )
       update connectors c set next_sync_at = now() + make_interval(secs => due.every * (0.9 + 0.2 * random())),
         next_full_sync_at = case due.mode when 'full' then now() + make_interval(secs => $4 * (0.9 + 0.2 * random()))
                                           else c.next_full_sync_at end
       from due where c.connector_id = due.connector_id
       returning c.connector_id as "connectorId", due.mode,
                 not exists (select from sync_runs r where r.connector_id = c.connector_id) as "isFirst"`,
      [syncIntervalSeconds, which.limit, which.connectorId ?? null, fullSyncIntervalSeconds, OVERLAP_SECONDS],
    );
    return rows;
  }

  /**
   * After a run that has missed somebody for the first time: the next run that is due in about `seconds`, at the least one
   * interval, reads both sides whole again, so that who has left does not keep a telephone for longer.
   */
  async requestFullSyncIn(connectorId: string, seconds: number, via: Queryable): Promise<void> {
    await via.query(
      `update connectors
       set next_sync_at = case when next_sync_at > now() + make_interval(secs => $2 * 1.1)
                               then now() + make_interval(secs => $2) else next_sync_at end,
           -- A little sooner, so that it is due when a run comes ten per cent early.
           next_full_sync_at = least(next_full_sync_at, now() + make_interval(secs => $2 * 0.85))
       where connector_id = $1 and state = 'active'`,
      [connectorId, seconds],
    );
  }

  /**
   * The interval is another one now. A shorter one counts from now on; the run that is due sooner stays where it is, and
   * with it what somebody has asked for.
   */
  async dueWithin(connectorId: string, seconds: number, via: Queryable): Promise<void> {
    await via.query(
      `update connectors set next_sync_at = now() + make_interval(secs => $2)
       where connector_id = $1 and next_sync_at > now() + make_interval(secs => $2)`,
      [connectorId, seconds],
    );
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
