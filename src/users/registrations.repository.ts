import { Injectable } from '@nestjs/common';
import type { Queryable } from '../platform/database/database';
import { REGISTRATION_COLUMNS, toRegistration, type RegistrationRow } from './record-rows';
import type { Registration } from './registration';

export interface UserId {
  connectorId: string;
  userId: string;
}

/** Rows of registrations. Lock the user before: the status is derived from all of them together. */
@Injectable()
export class RegistrationsRepository {
  /** By user id. */
  async ofUsers(users: readonly UserId[], via: Queryable): Promise<Map<string, Registration[]>> {
    const { rows } = await via.query<RegistrationRow & { user_id: string }>({
      name: 'registrations-of-users',
      text: `select r.user_id, ${REGISTRATION_COLUMNS}
             from unnest($1::uuid[], $2::uuid[]) as k (connector_id, user_id)
             join registrations r on r.connector_id = k.connector_id and r.user_id = k.user_id`,
      values: [users.map((user) => user.connectorId), users.map((user) => user.userId)],
    });
    const byUser = new Map<string, Registration[]>();
    for (const row of rows) {
      const known = byUser.get(row.user_id);
      if (known === undefined) byUser.set(row.user_id, [toRegistration(row)]);
      else known.push(toRegistration(row));
    }
    return byUser;
  }

  /** One statement for all; at most one row per device. */
  async putAll(rows: readonly (UserId & { registration: Registration })[], transaction: Queryable): Promise<void> {
    if (rows.length === 0) return;
    const of = <T>(read: (registration: Registration) => T): T[] => rows.map(({ registration }) => read(registration));
    await transaction.query({
      name: 'registrations-put',
      text: `insert into registrations (connector_id, user_id, device_id, platform, outcome, app_version, target, sip_code,
                                        sip_reason, sip_source, since, reported_at, expires_at, sequence)
             select connector_id, user_id, device_id, platform, outcome, app_version, target::jsonb, sip_code, sip_reason, sip_source,
                    since, reported_at, expires_at, sequence
             from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::integer[],
                         $9::text[], $10::text[], $11::timestamptz[], $12::timestamptz[], $13::timestamptz[], $14::bigint[])
                  as n (connector_id, user_id, device_id, platform, outcome, app_version, target, sip_code, sip_reason, sip_source,
                        since, reported_at, expires_at, sequence)
             on conflict (connector_id, user_id, device_id) do update
             set platform = excluded.platform, outcome = excluded.outcome, app_version = excluded.app_version,
                 target = excluded.target, sip_code = excluded.sip_code, sip_reason = excluded.sip_reason,
                 sip_source = excluded.sip_source, since = excluded.since, reported_at = excluded.reported_at,
                 expires_at = excluded.expires_at, sequence = excluded.sequence`,
      values: [
        rows.map((row) => row.connectorId),
        rows.map((row) => row.userId),
        of((row) => row.deviceId),
        of((row) => row.platform),
        of((row) => row.outcome),
        of((row) => row.appVersion),
        of((row) => (row.target === null ? null : JSON.stringify(row.target))),
        of((row) => row.sip?.code ?? null),
        of((row) => row.sip?.reason ?? null),
        of((row) => row.sip?.source ?? null),
        of((row) => row.since.toISOString()),
        of((row) => row.reportedAt.toISOString()),
        of((row) => row.expiresAt.toISOString()),
        of((row) => row.sequence),
      ],
    });
  }

  /** Reports that repeat the one before: nothing but how long they count is written. */
  async extendAll(rows: readonly (UserId & { registration: Registration })[], transaction: Queryable): Promise<void> {
    if (rows.length === 0) return;
    await transaction.query({
      name: 'registrations-extend',
      text: `update registrations r set reported_at = n.reported_at, expires_at = n.expires_at, sequence = n.sequence
             from unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::bigint[])
                  as n (connector_id, user_id, device_id, reported_at, expires_at, sequence)
             where r.connector_id = n.connector_id and r.user_id = n.user_id and r.device_id = n.device_id`,
      values: [
        rows.map((row) => row.connectorId),
        rows.map((row) => row.userId),
        rows.map(({ registration }) => registration.deviceId),
        rows.map(({ registration }) => registration.reportedAt.toISOString()),
        rows.map(({ registration }) => registration.expiresAt.toISOString()),
        rows.map(({ registration }) => registration.sequence),
      ],
    });
  }

  async drop(user: UserId, deviceIds: string[], transaction: Queryable): Promise<void> {
    await transaction.query(
      'delete from registrations where connector_id = $1 and user_id = $2 and device_id = any($3)',
      [user.connectorId, user.userId, deviceIds],
    );
  }

  async dropAll(user: UserId, transaction: Queryable): Promise<void> {
    await transaction.query('delete from registrations where connector_id = $1 and user_id = $2', [
      user.connectorId,
      user.userId,
    ]);
  }
}
