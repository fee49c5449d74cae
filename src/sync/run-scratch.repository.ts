import type { PoolClient } from 'pg';
import type { Queryable } from '../platform/database/database';
import { isUniqueViolation } from '../platform/database/unique-violation';
import type { ZoomUser, ZoomUserStatus } from '../zoom/zoom-types';
import type { NewZoomUsers } from './new-zoom-users';
import type { ListedZoomUser, StoredUser } from './plan-types';
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

const TABLES = ['sync_run_zoom_users', 'sync_run_seen', 'sync_run_claims'] as const;

/**
 * What one run has read so far: Zoom's users, the emails that CloudLink listed page by page, and who claims an email that no
 * stored user shows. It lies in ordinary (logged) tables:
 * unlogged ones are emptied by a crash of the database, and a resumed run would then miss everybody.
 */
export class RunScratchRepository {
  async addZoomUsers(run: Run, { byEmail, rows }: NewZoomUsers, transaction: PoolClient): Promise<void> {
    if (rows.count === 0) return;
    // Nearly every page holds only emails that the list has not shown before, and copying them costs half.
    await transaction.query('savepoint zoom_users');
    try {
      await rows.write(transaction);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      await transaction.query('rollback to savepoint zoom_users');
      await this.putZoomUsers(run, byEmail, transaction);
    }
  }

  /** Among them are some whom the run has listed already: the list shifted, was begun again, or has them in two statuses. */
  private async putZoomUsers(run: Run, byEmail: ReadonlyMap<string, ZoomUser>, transaction: Queryable): Promise<void> {
    const chosen = [...byEmail.values()];
    await transaction.query({
      text: `insert into sync_run_zoom_users (connector_id, run_id, email, zoom_user_id, zoom_status, display_name)
             select $1, $2, * from unnest($3::text[], $4::text[], $5::text[], $6::text[])
             on conflict (connector_id, run_id, email) do update
             set zoom_user_id = excluded.zoom_user_id, zoom_status = excluded.zoom_status, display_name = excluded.display_name
             where array_position('{pending,inactive,active}'::text[], excluded.zoom_status)
                >= array_position('{pending,inactive,active}'::text[], sync_run_zoom_users.zoom_status)`,
      values: [
        run.connectorId,
        run.runId,
        [...byEmail.keys()],
        chosen.map((user) => user.id ?? null),
        chosen.map((user) => user.status),
        chosen.map((user) => user.displayName),
      ],
    });
  }

  /**
   * Puts what is known of one user now in the place of what the open runs have read earlier, or nothing when the user is
   * gone, so that none of them writes the older picture back. Of a run that is only queued nothing is older.
   */
  async replaceZoomUser(
    connectorId: string,
    zoomUserId: string,
    user: (ListedZoomUser & { email: string }) | undefined,
    transaction: Queryable,
  ): Promise<void> {
    await transaction.query('delete from sync_run_zoom_users where connector_id = $1 and zoom_user_id = $2', [
      connectorId,
      zoomUserId,
    ]);
    if (user === undefined) return;
    await transaction.query(
      `insert into sync_run_zoom_users (connector_id, run_id, email, zoom_user_id, zoom_status, display_name)
       select connector_id, run_id, $2, $3, $4, $5 from sync_runs where connector_id = $1 and state in ('running', 'awaiting_approval')
       on conflict (connector_id, run_id, email) do update
       set zoom_user_id = excluded.zoom_user_id, zoom_status = excluded.zoom_status, display_name = excluded.display_name`,
      [connectorId, user.email, user.id, user.status, user.displayName],
    );
  }

  /** Whoever was seen at CloudLink under the old email counts as seen under the new one: a run must not miss them between two names. */
  async renameSeen(connectorId: string, from: string, to: string, transaction: Queryable): Promise<void> {
    await transaction.query(
      `insert into sync_run_seen (connector_id, run_id, emails)
       select distinct connector_id, run_id, array[$3] from sync_run_seen where connector_id = $1 and $2 = any(emails)`,
      [connectorId, from, to],
    );
  }

  async findZoomUsers(run: Run, emails: string[], via: Queryable): Promise<Map<string, ListedZoomUser>> {
    const { rows } = await via.query<{
      email: string;
      zoom_user_id: string | null;
      zoom_status: ZoomUserStatus;
      display_name: string;
    }>({
      text: `select email, zoom_user_id, zoom_status, display_name from sync_run_zoom_users
             where connector_id = $1 and run_id = $2 and email = any($3)`,
      values: [run.connectorId, run.runId, emails],
    });
    return new Map(
      rows.map((row) => [row.email, { id: row.zoom_user_id, status: row.zoom_status, displayName: row.display_name }]),
    );
  }

  /**
   * Under which emails the run lists the Zoom users of `stored`, by Zoom id. Mostly as they are stored, which is a look by
   * key; where it `searches` the others are searched for in the whole list, which has no index for so rare a question.
   */
  async findZoomEmails(
    run: Run,
    stored: Pick<StoredUser, 'email' | 'zoomUserId'>[],
    searches: () => Promise<boolean>,
    via: Queryable,
  ): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    const wanted = stored.flatMap(({ email, zoomUserId }) => (zoomUserId === null ? [] : [{ email, zoomUserId }]));
    if (wanted.length === 0) return found;
    const emails = wanted.map(({ email }) => email);
    const listed = await this.findZoomUsers(run, emails, via);
    for (const { email, zoomUserId } of wanted) if (listed.get(email)?.id === zoomUserId) found.set(zoomUserId, email);
    const elsewhere = wanted.flatMap(({ zoomUserId }) => (found.has(zoomUserId) ? [] : [zoomUserId]));
    if (elsewhere.length === 0 || !(await searches())) return found;
    const { rows } = await via.query<{ email: string; zoom_user_id: string }>({
      text: 'select email, zoom_user_id from sync_run_zoom_users where connector_id = $1 and run_id = $2 and zoom_user_id = any($3)',
      values: [run.connectorId, run.runId, elsewhere],
    });
    for (const row of rows) found.set(row.zoom_user_id, row.email);
    return found;
  }

  async countZoomUsers(run: Run, via: Queryable): Promise<number> {
    const { rows } = await via.query<{ n: number }>(
      'select count(*)::int as n from sync_run_zoom_users where connector_id = $1 and run_id = $2',
      [run.connectorId, run.runId],
    );
    return rows[0]?.n ?? 0;
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
