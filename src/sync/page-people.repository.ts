import { CONNECTOR_ROW } from '../platform/database/connector-row';
import type { Queryable } from '../platform/database/database';
import type { ZoomUserStatus } from '../zoom/zoom-types';
import type { ListedZoomUser, StoredUser } from './plan-types';
import type { SyncRun } from './sync-run';
import { toStoredUser, USER_COLUMNS, type UserRow } from './synced-user.repository';

/** Whom the emails of a page belong to, each by email. */
export interface PagePeople {
  zoomUsers: Map<string, ListedZoomUser>;
  users: StoredUser[];
  claims: Map<string, string>;
}

/**
 * One round trip for the tables that know an email. Each is looked into once per email, by its index: asked with
 * `email = any(…)`, PostgreSQL, which has no statistics of rows that have just been written, read all rows of the connector
 * for every page (11 ms a page with 50 000 users, and more with more; the look-ups take 4).
 */
const findAnd = (columns: string, tables: string): string => `
  select w.email, z.zoom_user_id as listed_id, z.zoom_status as listed_status, z.display_name as listed_name,
         c.cloudlink_user_id as claimant${columns}
  from ${CONNECTOR_ROW} cross join unnest($3::text[]) as w (email)
  left join lateral (
    select * from sync_run_zoom_users where connector_id = k.connector_id and run_id = $2 and email = w.email limit 1
  ) z on true${tables}
  left join lateral (
    select * from sync_run_claims where connector_id = k.connector_id and run_id = $2 and email = w.email limit 1
  ) c on true`;

const FIND_LISTED = findAnd('', '');
const FIND = findAnd(
  `, ${USER_COLUMNS}`,
  `
  left join lateral (select * from integrated_users where connector_id = k.connector_id and email = w.email limit 1) u on true`,
);

interface ListedRow {
  email: string;
  listed_id: string | null;
  listed_status: ZoomUserStatus | null;
  listed_name: string | null;
  claimant: string | null;
}

type PersonRow = ListedRow & { [K in Exclude<keyof UserRow, 'email'>]: UserRow[K] | null };

export class PagePeopleRepository {
  async find(run: Pick<SyncRun, 'connectorId' | 'runId'>, emails: string[], via: Queryable): Promise<PagePeople> {
    const { rows } = await via.query<PersonRow>({ text: FIND, values: valuesOf(run, emails) });
    return { ...toListed(rows), users: rows.flatMap((row) => (isUserRow(row) ? [toStoredUser(row)] : [])) };
  }

  /** The same without those who are stored. */
  async findListed(
    run: Pick<SyncRun, 'connectorId' | 'runId'>,
    emails: string[],
    via: Queryable,
  ): Promise<Omit<PagePeople, 'users'>> {
    const { rows } = await via.query<ListedRow & Record<string, unknown>>({
      text: FIND_LISTED,
      values: valuesOf(run, emails),
    });
    return toListed(rows);
  }

  /**
   * `moved`: Zoom lists the id of a stored user under another email than theirs. Where it does not, nobody who is new can
   * have the id of somebody who is stored. `nobody`: no user is stored at all.
   */
  async look(
    run: Pick<SyncRun, 'connectorId' | 'runId'>,
    via: Queryable,
  ): Promise<{ moved: boolean; nobody: boolean }> {
    const { rows } = await via.query<{ moved: boolean; nobody: boolean }>(
      `select exists (
         select from integrated_users u
         join sync_run_zoom_users z on z.connector_id = u.connector_id and z.zoom_user_id = u.zoom_user_id
         where u.connector_id = $1 and z.run_id = $2 and z.email <> u.email
       ) as moved,
       not exists (select from integrated_users where connector_id = $1) as nobody`,
      [run.connectorId, run.runId],
    );
    return rows[0] ?? { moved: true, nobody: false };
  }
}

const valuesOf = (run: Pick<SyncRun, 'connectorId' | 'runId'>, emails: string[]): unknown[] => [
  run.connectorId,
  run.runId,
  [...new Set(emails)],
];

function toListed(rows: readonly ListedRow[]): Omit<PagePeople, 'users'> {
  const people: Omit<PagePeople, 'users'> = { zoomUsers: new Map(), claims: new Map() };
  for (const { email, listed_id: id, listed_status: status, listed_name: displayName, claimant } of rows) {
    if (status !== null) people.zoomUsers.set(email, { id, status, displayName: displayName ?? '' });
    if (claimant !== null) people.claims.set(email, claimant);
  }
  return people;
}

const isUserRow = (row: PersonRow): row is PersonRow & UserRow => row.user_id !== null;
