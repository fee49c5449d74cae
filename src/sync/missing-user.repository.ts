import type { Queryable } from '../platform/database/database';
import { toBits } from '../users/changes/change-kinds';
import { logChanges } from '../users/changes/change-log.repository';
import type { Membership } from './plan-types';
import { preferHashJoins } from './prefer-hash-joins';
import type { SyncRun } from './sync-run';
import { HAS_STALE_ZOOM_FACTS, IS_LISTED } from './zoom-news.repository';

type Run = Pick<SyncRun, 'connectorId' | 'runId'>;

/** How many were removed, and how many of the chosen ones lost their credential. */
export interface Settled {
  removed: number;
  demoted: number;
}

/** What the end of a run counts before it decides. */
export interface MissingCounts {
  /** Users who are not removed. */
  present: number;
  /** Those of them whom this run did not find. */
  missing: number;
  /** Those of the missing whom an earlier run has marked, before the time asked for. */
  due: number;
  /** Those of the missing whom nobody has marked yet. */
  unmarked: number;
  /** Those whom an earlier run has marked and this one has found. */
  found: number;
  /** Users of whom Zoom's list says something else than what is stored. */
  stale: number;
}

/** Present users, each beside whether the run ($2) has seen them at CloudLink (s) and the news that it has of them from Zoom (z). */
const USERS_AND_LISTS = `
  from integrated_users u
  left join (select distinct unnest(emails) as email from sync_run_seen where connector_id = $1 and run_id = $2) s
    on s.email = u.email
  left join sync_run_zoom_news z on z.connector_id = u.connector_id and z.run_id = $2 and z.email = u.email
  where u.connector_id = $1 and u.status <> 'removed'`;

/** Whether a complete run did not find the user. Chosen users whom Zoom has never listed are waited for. */
const IS_MISSING = `
  case u.membership
    when 'automatic' then $3 = 'chosen' or s.email is null or not ${IS_LISTED}
    else (not ${IS_LISTED} and u.zoom_user_id is not null) or (s.email is null and u.credential_state = 'ready')
  end`;

/**
 * Those who are missing. `remove`: left Zoom, or integrated automatically and left CloudLink. `demote`: an admin chose
 * them, so they stay, but CloudLink does not know them any more: no credential, pending.
 */
const MISSING = `
  select u.user_id, u.missing_since, u.missing_run_id,
         case when u.membership = 'automatic' or not ${IS_LISTED} then 'remove' else 'demote' end as action
  ${USERS_AND_LISTS} and ${IS_MISSING}`;

/** Missing in this run ($2) as in an earlier one, which marked them at the time $5 or before. */
const DUE = `select * from (${MISSING}) m where m.missing_run_id <> $2 and m.missing_since <= $5`;

/** The user whose Zoom id is $2; whoever chose them, they are removed ($3). */
const GONE_FROM_ZOOM = `
  select user_id, $3::text as action from integrated_users
  where connector_id = $1 and zoom_user_id = $2 and status <> 'removed'`;

/** What becomes, at the time $4, of those whom `missing` selects; the change feed is told. */
const settle = (missing: string): string => `
  with missing as materialized (${missing}),
       removed as (
         update integrated_users u
         set status = 'removed', status_since = $4, status_expires_at = null, removed_at = $4, credential_state = 'none', fingerprint = null,
             missing_since = null, missing_run_id = null
         from missing m where m.action = 'remove' and u.connector_id = $1 and u.user_id = m.user_id
         returning u.user_id
       ), demoted as (
         update integrated_users u
         set status = 'pending', status_since = case when u.status = 'pending' then u.status_since else $4 end,
             status_expires_at = null, credential_state = 'none', fingerprint = null,
             missing_since = null, missing_run_id = null
         from missing m where m.action = 'demote' and u.connector_id = $1 and u.user_id = m.user_id
         returning u.user_id
       ), credentials as (
         delete from sip_credentials c using missing m where c.connector_id = $1 and c.user_id = m.user_id
         returning c.user_id
       ), devices as (
         delete from registrations r using removed g where r.connector_id = $1 and r.user_id = g.user_id
       ), changed as materialized (
         select user_id, ${toBits(['removed'])} as kinds from removed
         union all
         select user_id, ${toBits(['credential', 'targets'])} from demoted join credentials using (user_id)
       ), ${logChanges('changed', '$4')}
  select (select count(*) from removed)::int as removed, (select count(*) from demoted)::int as demoted`;

/** Counts, marks and removes those whom a run did not find: the decision in between is not made here. */
export class MissingUserRepository {
  /**
   * All in one pass over the users: each join with what the run has read takes as long as the rest together.
   * `markedBefore`: whoever was marked later is not due yet.
   */
  async count(run: Run, membership: Membership, markedBefore: Date, transaction: Queryable): Promise<MissingCounts> {
    await preferHashJoins(transaction);
    const { rows } = await transaction.query<MissingCounts & Record<string, unknown>>(
      `select count(*)::int as present,
              count(*) filter (where is_missing)::int as missing,
              count(*) filter (where is_missing and missing_run_id <> $2 and missing_since <= $4)::int as due,
              count(*) filter (where is_missing and missing_since is null)::int as unmarked,
              count(*) filter (where not is_missing and missing_since is not null)::int as found,
              count(*) filter (where is_stale)::int as stale
       from (
         select u.missing_since, u.missing_run_id, ${IS_MISSING} as is_missing,
                coalesce(${HAS_STALE_ZOOM_FACTS}, false) as is_stale
         ${USERS_AND_LISTS}
       ) m`,
      [run.connectorId, run.runId, membership, markedBefore],
    );
    return rows[0] ?? { present: 0, missing: 0, due: 0, unmarked: 0, found: 0, stale: 0 };
  }

  /** Notes at each user whom `run` is the first to miss that it did. Nothing else of them changes. */
  async mark(run: Run, membership: Membership, now: Date, transaction: Queryable): Promise<void> {
    await preferHashJoins(transaction);
    await transaction.query(
      `update integrated_users u set missing_since = $4, missing_run_id = $2
       from (${MISSING}) m where m.missing_since is null and u.connector_id = $1 and u.user_id = m.user_id`,
      [run.connectorId, run.runId, membership, now],
    );
  }

  /** Takes the mark from whomever `run` has found again. */
  async unmark(run: Run, membership: Membership, transaction: Queryable): Promise<void> {
    await preferHashJoins(transaction);
    await transaction.query(
      `with missing as materialized (${MISSING})
       update integrated_users u set missing_since = null, missing_run_id = null
       where u.connector_id = $1 and u.missing_since is not null
         and not exists (select from missing m where m.user_id = u.user_id)`,
      [run.connectorId, run.runId, membership],
    );
  }

  /** Those who are due. Their credentials are destroyed; the row of a removed user stays for the audit. */
  settleDue(run: Run, membership: Membership, markedBefore: Date, now: Date, transaction: Queryable): Promise<Settled> {
    return this.settle(DUE, [run.connectorId, run.runId, membership, now, markedBefore], transaction);
  }

  /** All who are missing, marked or not: a person has said so. */
  settleAll(run: Run, membership: Membership, now: Date, transaction: Queryable): Promise<Settled> {
    return this.settle(MISSING, [run.connectorId, run.runId, membership, now], transaction);
  }

  private async settle(whom: string, values: unknown[], transaction: Queryable): Promise<Settled> {
    await preferHashJoins(transaction);
    const { rows } = await transaction.query<Settled & Record<string, unknown>>(settle(whom), values);
    return rows[0] ?? { removed: 0, demoted: 0 };
  }

  /** One user of whom Zoom itself has said that they are gone. @returns whether there was such a user */
  async removeZoomUser(connectorId: string, zoomUserId: string, now: Date, transaction: Queryable): Promise<boolean> {
    const { rows } = await transaction.query<{ removed: number }>(settle(GONE_FROM_ZOOM), [
      connectorId,
      zoomUserId,
      'remove',
      now,
    ]);
    return (rows[0]?.removed ?? 0) > 0;
  }
}
