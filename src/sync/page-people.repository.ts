import { CONNECTOR_ROW } from '../platform/database/connector-row';
import type { Database, Queryable } from '../platform/database/database';
import type { ZoomUserStatus } from '../zoom/zoom-types';
import type { ListedZoomUser } from './plan-types';
import { preferHashJoins } from './prefer-hash-joins';
import type { SyncRun } from './sync-run';

/** Whom the emails of a page belong to by what the run has read so far, each by email. */
export interface PagePeople {
  zoomUsers: Map<string, ListedZoomUser>;
  claims: Map<string, string>;
}

/**
 * One round trip for the two tables of the run that know an email. Each is looked into once per email, by its index: asked with
 * `email = any(…)`, PostgreSQL, which has no statistics of rows that have just been written, read all rows of the connector
 * for every page (11 ms a page with 50 000 users, and more with more).
 */
const FIND = `
  select w.email, z.zoom_user_id as listed_id, z.zoom_status as listed_status, z.display_name as listed_name,
         c.cloudlink_user_id as claimant
  from ${CONNECTOR_ROW} cross join unnest($3::text[]) as w (email)
  left join lateral (
    select * from sync_run_zoom_users where connector_id = k.connector_id and run_id = $2 and email = w.email limit 1
  ) z on true
  left join lateral (
    select * from sync_run_claims where connector_id = k.connector_id and run_id = $2 and email = w.email limit 1
  ) c on true`;

interface ListedRow {
  email: string;
  listed_id: string | null;
  listed_status: ZoomUserStatus | null;
  listed_name: string | null;
  claimant: string | null;
}

export class PagePeopleRepository {
  async find(run: Pick<SyncRun, 'connectorId' | 'runId'>, emails: string[], via: Queryable): Promise<PagePeople> {
    const { rows } = await via.query<ListedRow & Record<string, unknown>>({
      text: FIND,
      values: [run.connectorId, run.runId, [...new Set(emails)]],
    });
    const people: PagePeople = { zoomUsers: new Map(), claims: new Map() };
    for (const { email, listed_id: id, listed_status: status, listed_name: displayName, claimant } of rows) {
      if (status !== null) people.zoomUsers.set(email, { id, status, displayName: displayName ?? '' });
      if (claimant !== null) people.claims.set(email, claimant);
    }
    return people;
  }

  /** Where it does not, nobody who is new can have the Zoom id of somebody who is stored. Compares all users with the whole list. */
  async hasMoved(run: Pick<SyncRun, 'connectorId' | 'runId'>, database: Database): Promise<boolean> {
    return database.transaction(async (transaction) => {
      await preferHashJoins(transaction);
      const { rows } = await transaction.query<{ moved: boolean }>(
        `select exists (
           select from integrated_users u
           join sync_run_zoom_users z on z.connector_id = u.connector_id and z.zoom_user_id = u.zoom_user_id
           where u.connector_id = $1 and z.run_id = $2 and z.email <> u.email
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
