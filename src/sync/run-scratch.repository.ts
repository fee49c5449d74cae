import type { Queryable } from '../platform/database/database';
import type { SyncRun } from './sync-run';

type Run = Pick<SyncRun, 'connectorId' | 'runId'>;

/** So many emails are looked for one by one in each page's list (25 µs each); more, in all lists at once (150 µs a page). */
const FEW = 6;
const FIND_FEW_SEEN = `
  select w.email from unnest($3::text[]) as w (email)
  where exists (select from sync_run_seen s where s.connector_id = $1 and s.run_id = $2 and w.email = any(s.emails))`;
const FIND_MANY_SEEN = `
  select distinct e.email from sync_run_seen s, unnest(s.emails) as e (email)
  where s.connector_id = $1 and s.run_id = $2 and e.email = any($3)`;

const TABLES = ['sync_run_zoom_news', 'sync_run_zoom_pages', 'sync_run_seen', 'sync_run_claims'] as const;

/**
 * What one run has read of CloudLink so far: the emails that it listed page by page, and who claims an email that no stored user
 * shows. And the end of all that a run notes, ZoomNewsRepository's included. It lies in ordinary (logged) tables:
 * unlogged ones are emptied by a crash of the database, and a resumed run would then miss everybody.
 */
export class RunScratchRepository {
  /** Whoever was seen at CloudLink under the old email counts as seen under the new one: a run must not miss them between two names. */
  async renameSeen(connectorId: string, from: string, to: string, transaction: Queryable): Promise<void> {
    await transaction.query(
      `insert into sync_run_seen (connector_id, run_id, emails)
       select distinct connector_id, run_id, array[$3] from sync_run_seen where connector_id = $1 and $2 = any(emails)`,
      [connectorId, from, to],
    );
  }

  /** Which of `emails` an earlier page held. Reads the whole list: ask only where a stored user leaves a doubt. */
  async findSeen(run: Run, emails: string[], via: Queryable): Promise<string[]> {
    const { rows } = await via.query<{ email: string }>(emails.length > FEW ? FIND_MANY_SEEN : FIND_FEW_SEEN, [
      run.connectorId,
      run.runId,
      emails,
    ]);
    return rows.map((row) => row.email);
  }

  /** The emails of the page that was stored last: lists shift by a few while they are read. */
  async findSeenLast(run: Run, via: Queryable): Promise<string[]> {
    const { rows } = await via.query<{ emails: string[] }>(
      'select emails from sync_run_seen where connector_id = $1 and run_id = $2 order by page desc limit 1',
      [run.connectorId, run.runId],
    );
    return rows[0]?.emails ?? [];
  }

  async addClaims(run: Run, claims: ReadonlyMap<string, string>, transaction: Queryable): Promise<void> {
    if (claims.size === 0) return;
    await transaction.query({
      text: `insert into sync_run_claims (connector_id, run_id, email, cloudlink_user_id)
             select $1, $2, * from unnest($3::text[], $4::text[])
             on conflict (connector_id, run_id, email) do nothing`,
      values: [run.connectorId, run.runId, [...claims.keys()], [...claims.values()]],
    });
  }

  async clear(run: Run, transaction: Queryable): Promise<void> {
    for (const table of TABLES) {
      await transaction.query(`delete from ${table} where connector_id = $1 and run_id = $2`, [
        run.connectorId,
        run.runId,
      ]);
    }
  }

  async clearOlder(run: Run, transaction: Queryable): Promise<void> {
    for (const table of TABLES) {
      await transaction.query(`delete from ${table} where connector_id = $1 and run_id <> $2`, [
        run.connectorId,
        run.runId,
      ]);
    }
  }
}
