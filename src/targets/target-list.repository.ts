import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { Database, type Queryable } from '../platform/database/database';
import type { SeenTarget, StoredTarget } from './stored-target';

/** More places than one customer has. Those of most users are looked at; the rest would be an attempt to make us scan a network. */
const MAX_TARGETS = 100;

const COLUMNS = `target_id as id, role, host, port, transport, users, state, reason, since, checked_at as "checkedAt",
  case when checked_at is null then null else seen end as seen`;
/** As apps try them: the first word of `sbc`, `backup_sbc`, `pbx` decides. */
const ORDER = `order by array_position(array['sbc', 'backup_sbc', 'pbx'], role), host, port, transport, target_id`;

type Row = Omit<StoredTarget, 'seen'> & { seen: SeenTarget | null };

@Injectable()
export class TargetListRepository {
  constructor(private readonly database: Database) {}

  /** Takes the targets from the users' credentials: new ones come, those that nobody has any more go with their history. */
  async refresh(connectorId: string, now: Date): Promise<void> {
    await this.database.transaction(async (transaction) => {
      // Two that list one connector at once are taken one after the other.
      await transaction.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`targets/${connectorId}`]);
      await this.merge(connectorId, now, transaction);
    });
  }

  private async merge(connectorId: string, now: Date, transaction: PoolClient): Promise<void> {
    await transaction.query(
      `with named as (
         select t.role, t.host, t.port, t.transport, count(distinct c.user_id)::int as users
         from sip_credentials c
         join integrated_users u on u.connector_id = c.connector_id and u.user_id = c.user_id and u.status <> 'removed'
         cross join lateral jsonb_to_recordset(c.targets) as t (role text, host text, port int, transport text)
         where c.connector_id = $1
         group by 1, 2, 3, 4 order by users desc, 1, 2, 3, 4 limit $3
       ), gone as (
         delete from registration_targets r where r.connector_id = $1 and not exists (
           select from named n where (n.role, n.host, n.port, n.transport) = (r.role, r.host, r.port, r.transport))
       )
       insert into registration_targets as r (connector_id, target_id, role, host, port, transport, users, listed_at)
       select $1, gen_random_uuid(), role, host, port, transport, users, $2 from named
       on conflict on constraint registration_targets_once do update set users = excluded.users, listed_at = excluded.listed_at`,
      [connectorId, now, MAX_TARGETS],
    );
  }

  /** Whether nobody has listed them since. */
  async isOlderThan(connectorId: string, limit: Date): Promise<boolean> {
    const { rows } = await this.database.query<{ listedAt: Date | null }>(
      'select min(listed_at) as "listedAt" from registration_targets where connector_id = $1',
      [connectorId],
    );
    const listedAt = rows[0]?.listedAt ?? null;
    return listedAt === null || listedAt < limit;
  }

  async list(connectorId: string): Promise<StoredTarget[]> {
    const { rows } = await this.database.query<Row>(
      `select ${COLUMNS} from registration_targets where connector_id = $1 ${ORDER}`,
      [connectorId],
    );
    return rows;
  }

  async find(connectorId: string, targetId: string, via: Queryable = this.database): Promise<StoredTarget | undefined> {
    const { rows } = await via.query<Row>(
      `select ${COLUMNS} from registration_targets where connector_id = $1 and target_id = $2`,
      [connectorId, targetId],
    );
    return rows[0];
  }

  /** One look by hand at a time: false when the last one was asked for after `limit`. */
  async takeTurn(connectorId: string, targetId: string, now: Date, limit: Date): Promise<boolean> {
    const { rowCount } = await this.database.query(
      `update registration_targets set asked_at = $3
       where connector_id = $1 and target_id = $2 and (asked_at is null or asked_at <= $4 or asked_at > $3)`,
      [connectorId, targetId, now, limit],
    );
    return rowCount === 1;
  }
}
