import type { Queryable } from '../platform/database/database';
import { toBits } from '../users/changes/change-kinds';
import { logChanges } from '../users/changes/change-log.repository';
import type { Membership } from './plan-types';
import { preferHashJoins } from './prefer-hash-joins';
import type { SyncRun } from './sync-run';

type Run = Pick<SyncRun, 'connectorId' | 'runId'>;

/**
 * Present users whom a complete run did not find. `remove`: left Zoom, or integrated automatically and left CloudLink.
 * `demote`: an admin chose them, so they stay, but CloudLink does not know them any more: no credential, pending.
 * Chosen users whom Zoom has never listed are waited for.
 */
const MISSING = `
  select u.user_id,
         case when u.membership = 'automatic' or z.email is null then 'remove' else 'demote' end as action
  from integrated_users u
  left join (select distinct unnest(emails) as email from sync_run_seen where connector_id = $1 and run_id = $2) s
    on s.email = u.email
  left join sync_run_zoom_users z on z.connector_id = u.connector_id and z.run_id = $2 and z.email = u.email
  where u.connector_id = $1 and u.status <> 'removed'
    and case u.membership
          when 'automatic' then $3 = 'chosen' or s.email is null or z.email is null
          else (z.email is null and u.zoom_user_id is not null) or (s.email is null and u.credential_state = 'ready')
        end`;

/** The user whose Zoom id is $2; whoever chose them, they are removed ($3). */
const GONE_FROM_ZOOM = `
  select user_id, $3::text as action from integrated_users
  where connector_id = $1 and zoom_user_id = $2 and status <> 'removed'`;

/** What becomes, at the time $4, of those whom `missing` selects; the change feed is told. */
const settle = (missing: string): string => `
  with missing as materialized (${missing}),
       removed as (
         update integrated_users u
         set status = 'removed', status_since = $4, status_expires_at = null, removed_at = $4, credential_state = 'none', fingerprint = null
         from missing m where m.action = 'remove' and u.connector_id = $1 and u.user_id = m.user_id
         returning u.user_id
       ), demoted as (
         update integrated_users u
         set status = 'pending', status_since = case when u.status = 'pending' then u.status_since else $4 end,
             status_expires_at = null, credential_state = 'none', fingerprint = null
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

/** Counts and removes those whom a run did not find: the decision in between is not made here. */
export class MissingUserRepository {
  async count(run: Run, membership: Membership, transaction: Queryable): Promise<{ missing: number; present: number }> {
    await preferHashJoins(transaction);
    const { rows } = await transaction.query<{ missing: number; present: number }>(
      `select (select count(*) from (${MISSING}) m)::int as missing,
              (select count(*) from integrated_users where connector_id = $1 and status <> 'removed')::int as present`,
      [run.connectorId, run.runId, membership],
    );
    return rows[0] ?? { missing: 0, present: 0 };
  }

  /** Their credentials are destroyed; the row of a removed user stays for the audit. */
  async settle(
    run: Run,
    membership: Membership,
    now: Date,
    transaction: Queryable,
  ): Promise<{ removed: number; demoted: number }> {
    await preferHashJoins(transaction);
    const { rows } = await transaction.query<{ removed: number; demoted: number }>(settle(MISSING), [
      run.connectorId,
      run.runId,
      membership,
      now,
    ]);
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
