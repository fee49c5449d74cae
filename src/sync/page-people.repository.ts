import { CONNECTOR_ROW } from '../platform/database/connector-row';
import type { Database, Queryable } from '../platform/database/database';
import type { ZoomUserStatus } from '../zoom/zoom-types';
import type { ListedZoomUser, StoredUser } from './plan-types';
import { preferHashJoins } from './prefer-hash-joins';
import type { SyncRun } from './sync-run';
import { toStoredUser, USER_COLUMNS, type UserRow } from './synced-user.repository';
import { toNews } from './zoom-news.repository';

/** What is known about the emails of a page. */
export interface PagePeople {
  news: Map<string, ListedZoomUser | null>;
  /** Email → who claims it by what the run has read so far. */
  claims: Map<string, string>;
  /** Those of our users who have one of the emails, where they were asked for. */
  users: StoredUser[];
}

/**
 * One round trip for all tables that know an email. Each is looked into once per email, by its index: asked with
 * `email = any(…)`, PostgreSQL, which has no statistics of rows that have just been written, read all rows of the connector
 * for every page (11 ms a page with 50 000 users, and more with more).
 */
const FIND = `
  select w.email as asked, z.email is not null as is_news, z.zoom_user_id as news_id, z.zoom_status as news_status,
         z.display_name as news_name, c.cloudlink_user_id as claimant, ${USER_COLUMNS}
  from ${CONNECTOR_ROW} cross join unnest($3::text[]) as w (email)
  left join lateral (
    select * from sync_run_zoom_news where connector_id = k.connector_id and run_id = $2 and email = w.email limit 1
  ) z on true
  left join lateral (
    select * from sync_run_claims where connector_id = k.connector_id and run_id = $2 and email = w.email limit 1
  ) c on true
  left join lateral (
    select * from integrated_users where $4 and connector_id = k.connector_id and email = w.email limit 1
  ) u on true
  where z.email is not null or c.email is not null or u.email is not null`;

type PersonRow = {
  asked: string;
  is_news: boolean;
  news_id: string | null;
  news_status: ZoomUserStatus | null;
  news_name: string | null;
  claimant: string | null;
} & (UserRow | Record<keyof UserRow, null>);

export class PagePeopleRepository {
  async find(
    run: Pick<SyncRun, 'connectorId' | 'runId'>,
    emails: string[],
    { asksForUsers }: { asksForUsers: boolean },
    via: Queryable,
  ): Promise<PagePeople> {
    const { rows } = await via.query<PersonRow>({
      text: FIND,
      values: [run.connectorId, run.runId, [...new Set(emails)], asksForUsers],
    });
    const people: PagePeople = { news: new Map(), claims: new Map(), users: [] };
    for (const row of rows) {
      if (row.is_news) people.news.set(row.asked, toNews(row.news_id, row.news_status, row.news_name));
      if (row.claimant !== null) people.claims.set(row.asked, row.claimant);
      if (row.user_id !== null) people.users.push(toStoredUser(row));
    }
    return people;
  }

  /** Where it does not, nobody who is new can have the Zoom id of somebody who is stored. Compares all users with the news. */
  async hasMoved(run: Pick<SyncRun, 'connectorId' | 'runId'>, database: Database): Promise<boolean> {
    return database.transaction(async (transaction) => {
      await preferHashJoins(transaction);
      const { rows } = await transaction.query<{ moved: boolean }>(
        `select exists (
           select from integrated_users u
           join sync_run_zoom_news z on z.connector_id = u.connector_id and z.zoom_user_id = u.zoom_user_id
           where u.connector_id = $1 and z.run_id = $2 and z.email <> u.email and z.zoom_status is not null
         ) as moved`,
        [run.connectorId, run.runId],
      );
      return rows[0]?.moved ?? true;
    });
  }

  async isNobodyStored(connectorId: string, via: Queryable): Promise<boolean> {
    const { rows } = await via.query<{ nobody: boolean }>(
      'select not exists (select from integrated_users where connector_id = $1) as nobody',
      [connectorId],
    );
    return rows[0]?.nobody ?? false;
  }
}
