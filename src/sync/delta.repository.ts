import type { Queryable } from '../platform/database/database';
import type { ReportedClaim } from './judge-claims';
import type { DeltaRefusal } from './run-mode';
import type { SyncRun } from './sync-run';
import { MAX_STORED_PROBLEMS } from './sync-problem.repository';

type Run = Pick<SyncRun, 'connectorId' | 'runId'>;

/** What only delta runs ask of the tables. */
export class DeltaRepository {
  async countPresent(connectorId: string, via: Queryable): Promise<number> {
    const { rows } = await via.query<{ n: number }>(
      `select count(*)::int as n from integrated_users where connector_id = $1 and status <> 'removed'`,
      [connectorId],
    );
    return rows[0]?.n ?? 0;
  }

  /**
   * What the runs since the last full one, that one included, have reported about these emails.
   * @returns undefined when one of them met more than is kept, so that nothing can be said
   */
  async reportedClaims(connectorId: string, emails: string[], via: Queryable): Promise<ReportedClaim[] | undefined> {
    const { rows } = await via.query<{ is_whole: boolean; claims: ReportedClaim[] }>(
      `with since as (
         select run_id, problem_count from sync_runs
         where connector_id = $1 and state = 'succeeded' and created_at >= (
           select created_at from sync_runs where connector_id = $1 and mode = 'full' and state = 'succeeded'
           order by created_at desc, run_id desc limit 1)
       )
       select not exists (select from since where problem_count > $3) as is_whole,
              coalesce((select json_agg(json_build_object('code', p.code, 'email', p.email, 'cloudlinkUserId', p.cloudlink_user_id))
                        from sync_problems p join since using (run_id)
                        where p.connector_id = $1 and p.email = any($2)), '[]') as claims`,
      [connectorId, emails, MAX_STORED_PROBLEMS],
    );
    const [row] = rows;
    return row?.is_whole === true ? row.claims : undefined;
  }

  /** What a delta has heard, judged and reported; the full list will say it anew. Whom it has seen and written stays counted. */
  async forget(run: Run, transaction: Queryable): Promise<void> {
    for (const table of ['sync_run_zoom_news', 'sync_run_claims', 'sync_problems']) {
      await transaction.query(`delete from ${table} where connector_id = $1 and run_id = $2`, [
        run.connectorId,
        run.runId,
      ]);
    }
  }

  /**
   * Keeps why CloudLink cannot be asked for changes. Of users without a time each full run tells anew: that reason keeps
   * its time while it lasts.
   * @returns whether that is news
   */
  async refuse(connectorId: string, reason: DeltaRefusal, via: Queryable): Promise<boolean> {
    const { rowCount } = await via.query(
      `update connectors set delta_refused_at = now(), delta_refused_reason = $2
       where connector_id = $1 and ($2 <> 'no_modified_on' or delta_refused_reason is distinct from $2)`,
      [connectorId, reason],
    );
    return rowCount === 1;
  }

  /** All users say when they were changed: if one did not before, that is over. @returns whether that is news */
  async allDated(connectorId: string, via: Queryable): Promise<boolean> {
    const { rowCount } = await via.query(
      `update connectors set delta_refused_at = null, delta_refused_reason = null
       where connector_id = $1 and delta_refused_reason = 'no_modified_on'`,
      [connectorId],
    );
    return rowCount === 1;
  }
}
