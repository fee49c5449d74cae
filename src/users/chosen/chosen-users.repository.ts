import { Injectable } from '@nestjs/common';
import { CONNECTOR_ROW } from '../../platform/database/connector-row';
import type { Queryable } from '../../platform/database/database';
import type { Membership } from '../user-record';
import type { StoredStatus } from '../user-status';
import type { Present } from './decide-choice';

/** A user as a list of emails finds them. */
export interface FoundUser {
  email: string;
  userId: string | undefined;
  present: Present;
}

export type UserStatusChange = StoredStatus & { userId: string };

/** The rows of $2, $3, $4, $5 as `n`: what becomes of the status of each user. */
const NEW_STATUSES = `unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::timestamptz[])
  as n (user_id, status, status_since, status_expires_at)`;

const statusValues = (connectorId: string, users: readonly UserStatusChange[]): unknown[] => [
  connectorId,
  users.map((user) => user.userId),
  users.map((user) => user.status),
  users.map((user) => user.statusSince),
  users.map((user) => user.statusExpiresAt),
];

/**
 * Who an admin has added by hand, one or 100 000 of them. Each change voids the fingerprint, so that the next sync writes
 * the row anew. Hand in some thousands at a time, and lock users in the order of their ids, as all others do.
 */
@Injectable()
export class ChosenUsersRepository {
  /** Kept from changing until the transaction ends; undefined: no such connector. */
  async lockConnector(
    connectorId: string,
    transaction: Queryable,
  ): Promise<{ membership: Membership; state: string } | undefined> {
    const { rows } = await transaction.query<{ membership: Membership; state: string }>(
      'select membership, state from connectors where connector_id = $1 for no key update',
      [connectorId],
    );
    return rows[0];
  }

  async findConnector(
    connectorId: string,
    via: Queryable,
  ): Promise<{ membership: Membership; state: string } | undefined> {
    const { rows } = await via.query<{ membership: Membership; state: string }>(
      'select membership, state from connectors where connector_id = $1',
      [connectorId],
    );
    return rows[0];
  }

  /** CloudLink has not changed anything about these users, so a run that asks for changes would not meet them. */
  async wantFullSync(connectorId: string, transaction: Queryable): Promise<void> {
    await transaction.query('update connectors set next_full_sync_at = null where connector_id = $1', [connectorId]);
  }

  /** undefined: nobody has this id. */
  async emailOf(connectorId: string, zoomUserId: string, via: Queryable): Promise<string | undefined> {
    const { rows } = await via.query<{ email: string }>(
      'select email from integrated_users where connector_id = $1 and zoom_user_id = $2',
      [connectorId, zoomUserId],
    );
    return rows[0]?.email;
  }

  /** One for each email. Looked up one by one by the index (decision 19). */
  async find(connectorId: string, emails: readonly string[], via: Queryable): Promise<FoundUser[]> {
    const { rows } = await via.query<{
      email: string;
      user_id: string | null;
      membership: Membership;
      is_removed: boolean;
    }>(
      `select n.email, u.user_id, u.membership, u.status = 'removed' as is_removed
       from ${CONNECTOR_ROW} cross join unnest($2::text[]) as n (email)
       left join lateral (select user_id, membership, status from integrated_users
                          where connector_id = k.connector_id and email = n.email limit 1) u on true`,
      [connectorId, emails],
    );
    return rows.map(({ email, user_id: userId, membership, is_removed: isRemoved }) =>
      userId === null
        ? { email, userId: undefined, present: undefined }
        : { email, userId, present: { membership, isRemoved } },
    );
  }

  /** `userIds` in their order. */
  async lock(connectorId: string, userIds: readonly string[], transaction: Queryable): Promise<void> {
    await transaction.query(
      `select from ${CONNECTOR_ROW} cross join unnest($2::uuid[]) with ordinality as n (user_id, place)
       cross join lateral (select from integrated_users u
                           where u.connector_id = k.connector_id and u.user_id = n.user_id for no key update) u
       order by n.place`,
      [connectorId, userIds],
    );
  }

  /** Answers those whose email had no row. */
  async insert(
    connectorId: string,
    users: readonly { userId: string; email: string }[],
    now: Date,
    transaction: Queryable,
  ): Promise<string[]> {
    const { rows } = await transaction.query<{ email: string }>(
      `insert into integrated_users (connector_id, user_id, email, membership, status, status_since, created_at, chosen_at, has_zoom_name)
       select $1, n.user_id, n.email, 'chosen', 'pending', $4, $4, $4, true from unnest($2::uuid[], $3::text[]) as n (user_id, email)
       on conflict (connector_id, email) do nothing returning email`,
      [connectorId, users.map((user) => user.userId), users.map((user) => user.email), now],
    );
    return rows.map((row) => row.email);
  }

  async pin(connectorId: string, userIds: readonly string[], now: Date, transaction: Queryable): Promise<void> {
    if (userIds.length === 0) return;
    await transaction.query(
      `update integrated_users u set membership = 'chosen', chosen_at = $3, fingerprint = null
       from unnest($2::uuid[]) as n (user_id) where u.connector_id = $1 and u.user_id = n.user_id`,
      [connectorId, userIds, now],
    );
  }

  async release(connectorId: string, userIds: readonly string[], transaction: Queryable): Promise<void> {
    if (userIds.length === 0) return;
    await transaction.query(
      `update integrated_users u set membership = 'automatic', fingerprint = null
       from unnest($2::uuid[]) as n (user_id) where u.connector_id = $1 and u.user_id = n.user_id`,
      [connectorId, userIds],
    );
  }

  async bringBack(
    connectorId: string,
    users: readonly UserStatusChange[],
    now: Date,
    transaction: Queryable,
  ): Promise<void> {
    if (users.length === 0) return;
    await transaction.query(
      `update integrated_users u
       set membership = 'chosen', chosen_at = $6, status = n.status, status_since = n.status_since,
           status_expires_at = n.status_expires_at, removed_at = null, fingerprint = null,
           -- Of before the removal: nobody has looked since, but for a run that has begun before it.
           zoom_status = case when exists (select from sync_runs r where r.connector_id = $1 and r.started_at <= u.removed_at
                                             and r.state in ('running', 'awaiting_approval')
                                             and not exists (select from sync_run_zoom_news n
                                                             where n.connector_id = r.connector_id and n.run_id = r.run_id
                                                               and n.email = u.email and n.zoom_status is null))
                              then u.zoom_status end
       from ${NEW_STATUSES} where u.connector_id = $1 and u.user_id = n.user_id`,
      [...statusValues(connectorId, users), now],
    );
  }

  /** The rows stay for the audit; credentials are destroyed, devices forgotten. */
  async remove(
    connectorId: string,
    users: readonly UserStatusChange[],
    now: Date,
    transaction: Queryable,
  ): Promise<void> {
    if (users.length === 0) return;
    await transaction.query(
      `update integrated_users u
       set membership = 'automatic', status = n.status, status_since = n.status_since,
           status_expires_at = n.status_expires_at, removed_at = $6, credential_state = 'none', fingerprint = null,
           missing_since = null, missing_run_id = null
       from ${NEW_STATUSES} where u.connector_id = $1 and u.user_id = n.user_id`,
      [...statusValues(connectorId, users), now],
    );
    const values = [connectorId, users.map((user) => user.userId)];
    for (const table of ['sip_credentials', 'registrations'])
      await transaction.query(
        `delete from ${table} t using unnest($2::uuid[]) as n (user_id) where t.connector_id = $1 and t.user_id = n.user_id`,
        values,
      );
  }
}
