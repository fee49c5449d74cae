import { Injectable } from '@nestjs/common';
import type { Queryable } from '../platform/database/database';
import type { Membership } from './user-record';
import type { StoredStatus } from './user-status';

interface UserRef {
  connectorId: string;
  userId: string;
}

/** Who an admin has added by hand. Each change voids the fingerprint, so that the next sync writes the row anew. */
@Injectable()
export class ChosenUsersRepository {
  /** Kept from changing until the transaction ends; undefined: no such connector. */
  async lockMembership(connectorId: string, transaction: Queryable): Promise<Membership | undefined> {
    const { rows } = await transaction.query<{ membership: Membership }>(
      'select membership from connectors where connector_id = $1 for no key update',
      [connectorId],
    );
    return rows[0]?.membership;
  }

  /** CloudLink has not changed anything about these users, so a run that asks for changes would not meet them. */
  async wantFullSync(connectorId: string, transaction: Queryable): Promise<void> {
    await transaction.query('update connectors set next_full_sync_at = null where connector_id = $1', [connectorId]);
  }

  async membershipOf({ connectorId, userId }: UserRef, transaction: Queryable): Promise<Membership | undefined> {
    const { rows } = await transaction.query<{ membership: Membership }>(
      'select membership from integrated_users where connector_id = $1 and user_id = $2',
      [connectorId, userId],
    );
    return rows[0]?.membership;
  }

  /** False when the email already has a row. */
  async insert(user: UserRef & { email: string }, now: Date, transaction: Queryable): Promise<boolean> {
    const { rowCount } = await transaction.query(
      `insert into integrated_users (connector_id, user_id, email, membership, status, status_since, created_at)
       values ($1, $2, $3, 'chosen', 'pending', $4, $4)
       on conflict (connector_id, email) do nothing`,
      [user.connectorId, user.userId, user.email, now],
    );
    return rowCount === 1;
  }

  async setMembership(user: UserRef, membership: Membership, transaction: Queryable): Promise<void> {
    await transaction.query(
      'update integrated_users set membership = $3, fingerprint = null where connector_id = $1 and user_id = $2',
      [user.connectorId, user.userId, membership],
    );
  }

  async bringBack(user: UserRef & StoredStatus, transaction: Queryable): Promise<void> {
    await transaction.query(
      `update integrated_users
       set membership = 'chosen', status = $3, status_since = $4, status_expires_at = $5, removed_at = null, fingerprint = null
       where connector_id = $1 and user_id = $2`,
      [user.connectorId, user.userId, user.status, user.statusSince, user.statusExpiresAt],
    );
  }

  /** The row stays for the audit; its credential is destroyed. */
  async remove(user: UserRef & StoredStatus, transaction: Queryable): Promise<void> {
    await transaction.query(
      `update integrated_users
       set membership = 'automatic', status = $3, status_since = $4, status_expires_at = $5, removed_at = $4,
           credential_state = 'none', fingerprint = null, missing_since = null, missing_run_id = null
       where connector_id = $1 and user_id = $2`,
      [user.connectorId, user.userId, user.status, user.statusSince, user.statusExpiresAt],
    );
    await transaction.query('delete from sip_credentials where connector_id = $1 and user_id = $2', [
      user.connectorId,
      user.userId,
    ]);
  }
}
