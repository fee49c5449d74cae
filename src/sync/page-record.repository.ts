import type { Queryable } from '../platform/database/database';
import type { Plan } from './plan-types';
import type { SyncRun } from './sync-run';
import { MAX_STORED_PROBLEMS } from './sync-problem.repository';

/** Nothing of it looks into a table, so that a plan which was made while the tables were empty is as good as any. */
const ADD = `
  with problems as (
    insert into sync_problems (connector_id, run_id, code, email, cloudlink_user_id, field, detail)
    select $1::uuid, $2::uuid, * from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
  ), claims as (
    insert into sync_run_claims (connector_id, run_id, email, cloudlink_user_id)
    select $1::uuid, $2::uuid, * from unnest($8::text[], $9::text[])
    on conflict (connector_id, run_id, email) do nothing
  )
  insert into sync_run_seen (connector_id, run_id, emails)
  select $1::uuid, $2::uuid, $10::text[] where cardinality($10::text[]) > 0`;

/** What a page leaves of itself beside users: its problems, whom it held, and claims that later pages must know. */
export class PageRecordRepository {
  /** `run` as it was before this page: its count says how many problems are stored. One round trip. */
  async add(run: SyncRun, plan: Pick<Plan, 'problems' | 'seen' | 'claims'>, transaction: Queryable): Promise<void> {
    const problems = plan.problems.slice(0, Math.max(0, MAX_STORED_PROBLEMS - run.counts.problems));
    if (problems.length + plan.seen.size + plan.claims.size === 0) return;
    await transaction.query({
      name: 'sync-page-record',
      text: ADD,
      values: [
        run.connectorId,
        run.runId,
        problems.map((problem) => problem.code),
        problems.map((problem) => problem.email),
        problems.map((problem) => problem.cloudlinkUserId),
        problems.map((problem) => problem.field),
        problems.map((problem) => problem.detail),
        [...plan.claims.keys()],
        [...plan.claims.values()],
        [...plan.seen.keys()],
      ],
    });
  }
}
