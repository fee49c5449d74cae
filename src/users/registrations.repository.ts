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

  async put(user: UserId, registration: Registration, transaction: Queryable): Promise<void> {
    const { sip, target } = registration;
    await transaction.query({
      name: 'registration-put',
      text: `insert into registrations (connector_id, user_id, device_id, platform, outcome, app_version, target, sip_code,
                                        sip_reason, sip_source, since, reported_at, expires_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             on conflict (connector_id, user_id, device_id) do update
             set platform = excluded.platform, outcome = excluded.outcome, app_version = excluded.app_version,
                 target = excluded.target, sip_code = excluded.sip_code, sip_reason = excluded.sip_reason,
                 sip_source = excluded.sip_source, since = excluded.since, reported_at = excluded.reported_at,
                 expires_at = excluded.expires_at`,
      values: [
        user.connectorId,
        user.userId,
        registration.deviceId,
        registration.platform,
        registration.outcome,
        registration.appVersion,
        target === null ? null : JSON.stringify(target),
        sip?.code ?? null,
        sip?.reason ?? null,
        sip?.source ?? null,
        registration.since,
        registration.reportedAt,
        registration.expiresAt,
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
