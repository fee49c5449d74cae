import { Injectable } from '@nestjs/common';
import type { UserKey } from '../access/user-key';
import type { Queryable } from '../platform/database/database';
import { STATUS_COLUMNS, toStatusRecord, type StatusRow } from './record-rows';
import { RegistrationsRepository } from './registrations.repository';
import type { StatusRecord } from './user-record';
import type { StoredStatus } from './user-status';

const lock = (column: 'email' | 'zoom_user_id'): string =>
  `select ${STATUS_COLUMNS} from integrated_users u where u.connector_id = $1 and u.${column} = $2 for no key update`;

const LOCKS = {
  email: { name: 'user-lock-by-email', text: lock('email') },
  zoom_id: { name: 'user-lock-by-zoom-id', text: lock('zoom_user_id') },
} as const;

/** A lateral subquery with `offset 0` stays a lookup by the index; joined freely, 256 names were found by a scan of all users. */
const findMany = (column: 'email' | 'zoom_user_id', connectorIds: string, names: string): string =>
  `select k.name, found.* from unnest(${connectorIds}::uuid[], ${names}::text[]) as k (connector_id, name)
   cross join lateral (select u.connector_id, u.user_id from integrated_users u
                       where u.connector_id = k.connector_id and u.${column} = k.name offset 0) found`;

/**
 * Both ways to name a user in one statement, locked in one order: two transactions that lock the same users by different
 * names cannot wait for each other in a circle.
 */
const LOCK_MANY = `select named.name, locked.* from (
           ${findMany('email', '$1', '$2')}
           union all
           ${findMany('zoom_user_id', '$3', '$4')}
           order by connector_id, user_id
         ) named
         cross join lateral (select ${STATUS_COLUMNS} from integrated_users u
                             where u.connector_id = named.connector_id and u.user_id = named.user_id for no key update) locked`;

const due = (scope: string): string =>
  `select ${STATUS_COLUMNS} from integrated_users u where ${scope} u.status_expires_at <= $1
   order by u.connector_id, u.status_expires_at limit $2 for no key update skip locked`;

const DUE_ANYWHERE = { name: 'statuses-due', text: due('') };
const DUE_OF_CONNECTOR = { name: 'statuses-due-of-connector', text: due('u.connector_id = $3 and') };

/** A connector id has no spaces, and no email is a Zoom id. */
export const nameKey = (connectorId: string, name: string): string => `${connectorId} ${name}`;

/**
 * Stored statuses, read under a lock to be written again. The registrations are read by a second statement: one
 * statement that waits for the lock would join the row of now with the registrations of before the wait.
 */
@Injectable()
export class StoredStatusRepository {
  constructor(private readonly registrations: RegistrationsRepository) {}

  async lock(connectorId: string, user: UserKey, transaction: Queryable): Promise<StatusRecord | undefined> {
    const { rows } = await transaction.query<StatusRow>({ ...LOCKS[user.kind], values: [connectorId, user.value] });
    const [record] = await this.withRegistrations(rows, transaction);
    return record;
  }

  /** By `nameKey` of how they were named; the same record where two names are one user. Unknown ones are not there. */
  async lockMany(
    named: readonly { connectorId: string; user: UserKey }[],
    transaction: Queryable,
  ): Promise<Map<string, StatusRecord>> {
    const ofKind = (kind: UserKey['kind']): { connectorId: string; user: UserKey }[] =>
      named.filter(({ user }) => user.kind === kind);
    const [emails, ids] = [ofKind('email'), ofKind('zoom_id')];
    const { rows } = await transaction.query<StatusRow & { name: string }>({
      // Not named: planned anew for each batch, so that no plan of a time with few users stays.
      text: LOCK_MANY,
      values: [emails, ids].flatMap((list) => [
        list.map(({ connectorId }) => connectorId),
        list.map(({ user }) => user.value),
      ]),
    });
    const unique = [...new Map(rows.map((row) => [row.user_id, row])).values()];
    const records = new Map(
      (await this.withRegistrations(unique, transaction)).map((record) => [record.userId, record]),
    );
    return new Map(
      rows.flatMap((row) => {
        const record = records.get(row.user_id);
        return record === undefined ? [] : [[nameKey(row.connector_id, row.name), record] as const];
      }),
    );
  }

  /** Users whose status time has changed. Those that somebody else holds are left to them: they derive it anew, too. */
  async lockDue(
    connectorId: string | undefined,
    now: Date,
    limit: number,
    transaction: Queryable,
  ): Promise<StatusRecord[]> {
    const { rows } = await transaction.query<StatusRow>(
      connectorId === undefined
        ? { ...DUE_ANYWHERE, values: [now, limit] }
        : { ...DUE_OF_CONNECTOR, values: [now, limit, connectorId] },
    );
    return this.withRegistrations(rows, transaction);
  }

  async save(users: (StoredStatus & { connectorId: string; userId: string })[], transaction: Queryable): Promise<void> {
    if (users.length === 0) return;
    await transaction.query({
      name: 'statuses-save',
      text: `update integrated_users u
             set status = n.status, status_since = n.status_since, status_expires_at = n.status_expires_at
             from unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::timestamptz[])
                  as n (connector_id, user_id, status, status_since, status_expires_at)
             where u.connector_id = n.connector_id and u.user_id = n.user_id`,
      values: [
        users.map((user) => user.connectorId),
        users.map((user) => user.userId),
        users.map((user) => user.status),
        users.map((user) => user.statusSince.toISOString()),
        users.map((user) => user.statusExpiresAt?.toISOString() ?? null),
      ],
    });
  }

  private async withRegistrations(rows: StatusRow[], transaction: Queryable): Promise<StatusRecord[]> {
    const records = rows.map(toStatusRecord);
    if (records.length === 0) return records;
    const byUser = await this.registrations.ofUsers(records, transaction);
    for (const record of records) record.registrations = byUser.get(record.userId) ?? [];
    return records;
  }
}
