import type { Queryable } from '../platform/database/database';
import type { PlannedProblem } from './plan-types';

/** More are only counted: a run in which everybody is broken must not fill the disk, and nobody reads so far. */
export const MAX_STORED_PROBLEMS = 10_000;

export interface SyncProblem extends Omit<PlannedProblem, 'code'> {
  problemId: string;
  code: string;
  createdAt: Date;
}

interface ProblemRow {
  problem_id: string;
  code: string;
  email: string | null;
  cloudlink_user_id: string | null;
  field: string | null;
  detail: string;
  created_at: Date;
}

/** The rows of sync_problems. */
export class SyncProblemRepository {
  /** Oldest first. `after`: problem id of the last one of the page before. */
  async list(connectorId: string, runId: string, after: string, limit: number, via: Queryable): Promise<SyncProblem[]> {
    const { rows } = await via.query<ProblemRow>(
      `select problem_id, code, email, cloudlink_user_id, field, detail, created_at from sync_problems
       where connector_id = $1 and run_id = $2 and problem_id > $3 order by problem_id limit $4`,
      [connectorId, runId, after, limit],
    );
    return rows.map((row) => ({
      problemId: row.problem_id,
      code: row.code,
      email: row.email,
      cloudlinkUserId: row.cloudlink_user_id,
      field: row.field,
      detail: row.detail,
      createdAt: row.created_at,
    }));
  }
}
