import { Injectable } from '@nestjs/common';
import type { Queryable } from '../../platform/database/database';
import { toBits, type ChangeKind } from './change-kinds';

export interface UserChange {
  userId: string;
  kinds: readonly ChangeKind[];
}

/**
 * Common table expressions that write the rows (user_id, kinds) of `changed` to the feed of the connector $1, as of the
 * time `at`. Nothing is written, nor the connector's row of change_feeds locked, when there are none.
 */
export const logChanges = (changed: string, at: string): string => `
  feed as (
    insert into change_feeds as f (connector_id, last_position)
    select $1::uuid, n from (select count(*) as n from ${changed}) c where n > 0
    on conflict (connector_id) do update set last_position = f.last_position + excluded.last_position
    returning last_position
  ), logged as (
    insert into user_changes (connector_id, position, user_id, kinds, at)
    select $1::uuid, feed.last_position - count(*) over () + row_number() over (), c.user_id, c.kinds, ${at}::timestamptz
    from ${changed} c, feed
  )`;

const APPEND = `
  with changed as materialized (select * from unnest($2::uuid[], $3::smallint[]) as n (user_id, kinds)),
  ${logChanges('changed', '$4')}
  select`;

/**
 * The writing side of the change feed. The connector's row in change_feeds stays locked until the transaction ends, so
 * that numbers become visible in their order. Call it when all rows of users that the transaction wants are locked: with
 * that row in hand nobody may wait for a user.
 */
@Injectable()
export class ChangeLogRepository {
  async append(connectorId: string, changes: readonly UserChange[], now: Date, transaction: Queryable): Promise<void> {
    if (changes.length === 0) return;
    await transaction.query({
      text: APPEND,
      values: [connectorId, changes.map((change) => change.userId), changes.map((change) => toBits(change.kinds)), now],
    });
  }
}
