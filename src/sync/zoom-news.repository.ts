import type { PoolClient } from 'pg';
import type { Queryable } from '../platform/database/database';
import { isUniqueViolation } from '../platform/database/unique-violation';
import type { ZoomUser, ZoomUserStatus } from '../zoom/zoom-types';
import type { ListedZoomUser, StoredUser } from './plan-types';
import { preferHashJoins } from './prefer-hash-joins';
import type { SyncRun } from './sync-run';
import { type ZoomNews, zoomUserOf } from './zoom-news';
import type { ZoomNewsRows, ZoomUsersByEmail } from './zoom-news-rows';

type Run = Pick<SyncRun, 'connectorId' | 'runId'>;

/** SQL: of one email that Zoom lists twice the more useful user counts; whoever is not listed comes last. */
const rank = (status: string): string => `coalesce(array_position('{pending,inactive,active}'::text[], ${status}), 0)`;

/** SQL: what the list says in the place of news is not of the user of whom a webhook has told. */
const IS_OF_ANOTHER = `(not sync_run_zoom_news.is_told or excluded.zoom_user_id is distinct from sync_run_zoom_news.zoom_user_id)`;

/** SQL: `u`, a present user, is listed by Zoom; `z`: what the run has of news about them. */
export const IS_LISTED = '(case when z.email is null then u.zoom_status else z.zoom_status end) is not null';

/** SQL: what is stored of a present user (u) is not what Zoom says (z), or the name that is shown is Zoom's of before. */
export const HAS_STALE_ZOOM_FACTS = `z.zoom_status is not null
  and (u.zoom_user_id is distinct from z.zoom_user_id or u.zoom_status is distinct from z.zoom_status
       or (u.has_zoom_name and u.display_name <> z.display_name))`;

/**
 * What Zoom's list says beside the rows of our users, in one pass over both: news are those whose row says something else or who have
 * none, and those whom it does not list. Of an email that it has twice the more useful user counts, of equals the later one, also
 * where one of them was taken for news unseen ($3: some were). What a webhook has told of that user stands.
 */
const COMPARE = `
  with listed as (
    select distinct on (w.email) w.email, w.zoom_user_id, p.zoom_status, w.display_name
    from sync_run_zoom_pages p
    cross join unnest(p.emails, p.zoom_user_ids, p.display_names) as w (email, zoom_user_id, display_name)
    where p.connector_id = $1 and p.run_id = $2
    order by w.email, ${rank('p.zoom_status')} desc, p.page desc
  )
  insert into sync_run_zoom_news (connector_id, run_id, email, zoom_user_id, zoom_status, display_name)
  select $1, $2, coalesce(w.email, u.email), w.zoom_user_id, w.zoom_status, coalesce(w.display_name, '')
  from listed w
  full join (
    select email, zoom_user_id, zoom_status, display_name, has_zoom_name from integrated_users
    where connector_id = $1 and status <> 'removed' and zoom_status is not null
  ) u on u.email = w.email
  where w.email is null or u.email is null
     or u.zoom_status <> w.zoom_status or u.zoom_user_id is distinct from w.zoom_user_id
     or (u.has_zoom_name and u.display_name <> w.display_name)
     or (($3 or (select bool_or(is_told) from sync_run_zoom_news where connector_id = $1 and run_id = $2))
         and exists (select from sync_run_zoom_news n where n.connector_id = $1 and n.run_id = $2 and n.email = w.email))
  on conflict (connector_id, run_id, email) do update
  set zoom_user_id = excluded.zoom_user_id, zoom_status = excluded.zoom_status, display_name = excluded.display_name
  where ${IS_OF_ANOTHER} and ${rank('excluded.zoom_status')} > ${rank('sync_run_zoom_news.zoom_status')}`;

/**
 * What Zoom has told a run that the rows of users do not say. A full run compares Zoom's list with the rows, so that of an account
 * in which little has changed little is written; what Zoom says of everybody else is read in their rows.
 * It lies in ordinary (logged) tables: unlogged ones are emptied by a crash of the database, and a resumed run would then miss
 * everybody.
 */
export class ZoomNewsRepository {
  async add(run: Run, { byEmail, rows }: ZoomNewsRows, transaction: PoolClient): Promise<void> {
    if (rows.count === 0) return;
    // Nearly every page holds only emails that the list has not shown before, and copying them costs half.
    await transaction.query('savepoint zoom_news');
    try {
      await rows.write(transaction);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      await transaction.query('rollback to savepoint zoom_news');
      await this.put(run, byEmail, transaction);
    }
  }

  /** Among them are some whom the run has listed already: the list shifted, was begun again, or has them in two statuses. */
  private async put(run: Run, byEmail: ZoomUsersByEmail, transaction: Queryable): Promise<void> {
    const users = [...byEmail.values()];
    await transaction.query({
      text: `insert into sync_run_zoom_news (connector_id, run_id, email, zoom_user_id, zoom_status, display_name)
             select $1, $2, * from unnest($3::text[], $4::text[], $5::text[], $6::text[])
             on conflict (connector_id, run_id, email) do update
             set zoom_user_id = excluded.zoom_user_id, zoom_status = excluded.zoom_status, display_name = excluded.display_name
             where ${IS_OF_ANOTHER} and ${rank('excluded.zoom_status')} >= ${rank('sync_run_zoom_news.zoom_status')}`,
      values: [
        run.connectorId,
        run.runId,
        [...byEmail.keys()],
        users.map((user) => user?.id ?? null),
        users.map((user) => user?.status ?? null),
        users.map((user) => user?.displayName ?? ''),
      ],
    });
  }

  /** A page of Zoom's list, to be compared when the list is whole. */
  async addPage(run: Run, byEmail: ReadonlyMap<string, ZoomUser>, transaction: Queryable): Promise<void> {
    const all = [...byEmail];
    for (const status of new Set(all.map(([, user]) => user.status))) {
      const users = all.filter(([, user]) => user.status === status);
      await transaction.query({
        name: 'sync-zoom-page',
        text: `insert into sync_run_zoom_pages (connector_id, run_id, zoom_status, emails, zoom_user_ids, display_names)
               values ($1, $2, $3, $4, $5, $6)`,
        values: [
          run.connectorId,
          run.runId,
          status,
          users.map(([email]) => email),
          users.map(([, user]) => user.id ?? null),
          users.map(([, user]) => user.displayName),
        ],
      });
    }
  }

  /** After the last page of the list. `hasUnseen`: some of its users were taken for news unseen. */
  async compare(run: Run, { hasUnseen }: { hasUnseen: boolean }, transaction: Queryable): Promise<void> {
    await preferHashJoins(transaction);
    await transaction.query(COMPARE, [run.connectorId, run.runId, hasUnseen]);
  }

  /**
   * Puts what is known of one user now in the place of what the open runs have read earlier, or that the user is gone, so
   * that none of them writes the older picture back. Of a run that is only queued nothing is older.
   * Before the row of the user is changed: by that it is known under which email runs take them for listed. A list that is not whole
   * yet is looked through.
   */
  async replace(
    connectorId: string,
    zoomUserId: string,
    user: (ListedZoomUser & { email: string }) | undefined,
    transaction: Queryable,
  ): Promise<void> {
    await transaction.query(
      `with open as (
         select connector_id, run_id, phase from sync_runs where connector_id = $1 and state in ('running', 'awaiting_approval')
       ), old as (
         select r.connector_id, r.run_id, n.email from open r join sync_run_zoom_news n using (connector_id, run_id)
         where n.zoom_user_id = $2
         union
         select r.connector_id, r.run_id, u.email from open r join integrated_users u using (connector_id)
         where u.zoom_user_id = $2 and u.status <> 'removed'
         union
         select r.connector_id, r.run_id, w.email
         from open r join sync_run_zoom_pages p using (connector_id, run_id)
         cross join unnest(p.emails, p.zoom_user_ids) as w (email, zoom_user_id)
         where r.phase = 'zoom_users' and w.zoom_user_id = $2
       )
       insert into sync_run_zoom_news (connector_id, run_id, email, zoom_user_id, is_told)
       select connector_id, run_id, email, $2, true from old
       on conflict (connector_id, run_id, email) do update
       set zoom_status = null, display_name = excluded.display_name, is_told = true
       where sync_run_zoom_news.zoom_user_id = $2`,
      [connectorId, zoomUserId],
    );
    if (user === undefined) return;
    await transaction.query(
      `insert into sync_run_zoom_news (connector_id, run_id, email, zoom_user_id, zoom_status, display_name, is_told)
       select connector_id, run_id, $2, $3, $4, $5, true from sync_runs
       where connector_id = $1 and state in ('running', 'awaiting_approval')
       on conflict (connector_id, run_id, email) do update
       set zoom_user_id = excluded.zoom_user_id, zoom_status = excluded.zoom_status, display_name = excluded.display_name,
           is_told = true`,
      [connectorId, user.email, user.id, user.status, user.displayName],
    );
  }

  async find(run: Run, emails: string[], via: Queryable): Promise<ZoomNews> {
    const { rows } = await via.query<NewsRow & Record<string, unknown>>({
      text: `select email, zoom_user_id, zoom_status, display_name from sync_run_zoom_news
             where connector_id = $1 and run_id = $2 and email = any($3)`,
      values: [run.connectorId, run.runId, emails],
    });
    return new Map(
      rows.map(({ email, zoom_user_id: id, zoom_status: status, display_name: name }) => [
        email,
        toNews(id, status, name),
      ]),
    );
  }

  /**
   * Under which emails the run lists the Zoom users of `stored`, by Zoom id. Mostly as they are stored; where it `searches` the
   * others are searched for in all the news, which have no index for so rare a question.
   */
  async findZoomEmails(
    run: Run,
    stored: StoredUser[],
    searches: () => Promise<boolean>,
    via: Queryable,
  ): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    const wanted = stored.flatMap((user) => (user.zoomUserId === null ? [] : [{ user, zoomUserId: user.zoomUserId }]));
    if (wanted.length === 0) return found;
    const emails = wanted.map(({ user }) => user.email);
    const news = await this.find(run, emails, via);
    for (const { user, zoomUserId } of wanted)
      if (zoomUserOf(user.email, news, user)?.id === zoomUserId) found.set(zoomUserId, user.email);
    const elsewhere = wanted.flatMap(({ zoomUserId }) => (found.has(zoomUserId) ? [] : [zoomUserId]));
    if (elsewhere.length === 0 || !(await searches())) return found;
    const { rows } = await via.query<{ email: string; zoom_user_id: string }>({
      text: 'select email, zoom_user_id from sync_run_zoom_news where connector_id = $1 and run_id = $2 and zoom_user_id = any($3) and zoom_status is not null',
      values: [run.connectorId, run.runId, elsewhere],
    });
    // Listed under two other emails: nobody knows which of them counts.
    const isTwice = new Set<string>();
    for (const { zoom_user_id: id, email } of rows) {
      if (found.has(id)) isTwice.add(id);
      found.set(id, email);
    }
    for (const id of isTwice) found.delete(id);
    return found;
  }

  /** Users of ours whose row says what Zoom says of them. */
  async countAtZoom(connectorId: string, via: Queryable): Promise<number> {
    const { rows } = await via.query<{ n: number }>(
      `select count(*)::int as n from integrated_users where connector_id = $1 and status <> 'removed' and zoom_status is not null`,
      [connectorId],
    );
    return rows[0]?.n ?? 0;
  }

  async hasListedAnybody(run: Run, via: Queryable): Promise<boolean> {
    const { rows } = await via.query<{ found: boolean }>(
      `select exists (select from sync_run_zoom_pages where connector_id = $1 and run_id = $2)
           or exists (select from sync_run_zoom_news where connector_id = $1 and run_id = $2 and zoom_status is not null) as found`,
      [run.connectorId, run.runId],
    );
    return rows[0]?.found ?? false;
  }
}

interface NewsRow {
  email: string;
  zoom_user_id: string | null;
  zoom_status: ZoomUserStatus | null;
  display_name: string;
}

/** As news: null where Zoom does not list the email. */
export const toNews = (
  id: string | null,
  status: ZoomUserStatus | null,
  displayName: string | null,
): ListedZoomUser | null => (status === null ? null : { id, status, displayName: displayName ?? '' });
