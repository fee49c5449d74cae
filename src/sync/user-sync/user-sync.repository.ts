import type { UserKey } from '../../access/user-key';
import type { Queryable } from '../../platform/database/database';
import type { NewestRun } from './judge-newest-run';

export interface SyncedOne {
  userId: string;
  email: string;
  zoomUserId: string | null;
}

const USER = `select user_id as "userId", email, zoom_user_id as "zoomUserId" from integrated_users`;

export class UserSyncRepository {
  /** undefined: nobody, or somebody who was removed. */
  async find(connectorId: string, { kind, value }: UserKey, via: Queryable): Promise<SyncedOne | undefined> {
    const column = kind === 'email' ? 'email' : 'zoom_user_id';
    const { rows } = await via.query<SyncedOne>(
      `${USER} where connector_id = $1 and ${column} = $2 and status <> 'removed'`,
      [connectorId, value],
    );
    return rows[0];
  }

  async findById(connectorId: string, userId: string, via: Queryable): Promise<SyncedOne | undefined> {
    const { rows } = await via.query<SyncedOne>(
      `${USER} where connector_id = $1 and user_id = $2 and status <> 'removed'`,
      [connectorId, userId],
    );
    return rows[0];
  }

  /** By the database's clock, which runs are dated by. */
  async now(via: Queryable): Promise<Date> {
    const { rows } = await via.query<{ now: Date }>(`select date_trunc('milliseconds', clock_timestamp()) as now`);
    const [row] = rows;
    if (row === undefined) throw new Error('the database does not know the time');
    return row.now;
  }

  async newestRun(connectorId: string, requestedAt: Date, via: Queryable): Promise<NewestRun | undefined> {
    const { rows } = await via.query<NewestRun>(
      `select state, coalesce(started_at, created_at) >= $2 as "isLater" from sync_runs
       where connector_id = $1 order by created_at desc, run_id desc limit 1`,
      [connectorId, requestedAt],
    );
    return rows[0];
  }

  /** Also of who is unchanged, so that whoever asked sees that it was done; never before `requestedAt`. */
  async setSynced(connectorId: string, userId: string, now: Date, requestedAt: Date, via: Queryable): Promise<void> {
    await via.query(
      `update integrated_users set synced_at = greatest($3::timestamptz, $4::timestamptz + interval '1 millisecond')
       where connector_id = $1 and user_id = $2 and status <> 'removed'`,
      [connectorId, userId, now, requestedAt],
    );
  }
}
