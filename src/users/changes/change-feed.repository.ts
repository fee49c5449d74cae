import { Injectable } from '@nestjs/common';
import type { Queryable } from '../../platform/database/database';
import type { FeedPlace } from './change-cursor';

export interface Feed {
  cursorKey: string;
  lastPosition: number;
  purgedTo: number;
}

/** The last change of a user in a round. */
export interface FeedEntry {
  position: number;
  at: Date;
  zoomUserId: string | null;
  email: string;
  /** Bits of everything that happened to the user in the round, oldest first. */
  kinds: number[];
}

/** Together with its indexes this reads as many rows as it tells, and those that a later one of the same user replaces. */
const PAGE = `
  select c.position::float8 as position, c.at, u.zoom_user_id as "zoomUserId", u.email,
         (select array_agg(o.kinds order by o.position) from user_changes o
          where o.connector_id = $1 and o.user_id = c.user_id and o.position > $2 and o.position <= $3) as kinds
  from user_changes c
  join integrated_users u on u.connector_id = c.connector_id and u.user_id = c.user_id
  where c.connector_id = $1 and c.position > $4 and c.position <= $3
    and not exists (select from user_changes later where later.connector_id = $1 and later.user_id = c.user_id
                    and later.position > c.position and later.position <= $3)
  order by c.position limit $5`;

/** The oldest entries that are older than $2, at most $3: how long ago the numbers were given grows with the numbers. */
const PURGE = `
  with oldest as (
    select position, at from user_changes where connector_id = $1 order by position limit $3
  ), gone as (
    select max(position) as position from oldest where at < $2
  ), moved as (
    update change_feeds f set purged_to = greatest(f.purged_to, gone.position)
    from gone where f.connector_id = $1 and gone.position is not null
  )
  delete from user_changes c using gone where c.connector_id = $1 and c.position <= gone.position`;

/** The reading side of the change feed, and its end. */
@Injectable()
export class ChangeFeedRepository {
  /** A connector of which nothing was ever told gets its feed here. */
  async open(connectorId: string, via: Queryable): Promise<void> {
    await via.query('insert into change_feeds (connector_id) values ($1) on conflict do nothing', [connectorId]);
  }

  async find(connectorId: string, via: Queryable): Promise<Feed | undefined> {
    const { rows } = await via.query<{ cursorKey: string; lastPosition: number; purgedTo: number }>({
      name: 'change-feed',
      text: `select cursor_key as "cursorKey", last_position::float8 as "lastPosition", purged_to::float8 as "purgedTo"
             from change_feeds where connector_id = $1`,
      values: [connectorId],
    });
    return rows[0];
  }

  async page(connectorId: string, place: FeedPlace, limit: number, via: Queryable): Promise<FeedEntry[]> {
    const { rows } = await via.query<{
      position: number;
      at: Date;
      zoomUserId: string | null;
      email: string;
      kinds: number[];
    }>(PAGE, [connectorId, place.from, place.to, place.position, limit]);
    return rows;
  }

  async connectorsWithOlder(than: Date, via: Queryable): Promise<string[]> {
    const { rows } = await via.query<{ id: string }>(
      `select f.connector_id as id from change_feeds f
       cross join lateral (select at from user_changes c where c.connector_id = f.connector_id order by position limit 1) oldest
       where oldest.at < $1`,
      [than],
    );
    return rows.map((row) => row.id);
  }

  /** One statement, so no reader finds entries gone that the feed does not say are gone. @returns how many went */
  async purge(connectorId: string, olderThan: Date, limit: number, via: Queryable): Promise<number> {
    const { rowCount } = await via.query(PURGE, [connectorId, olderThan, limit]);
    return rowCount ?? 0;
  }
}
