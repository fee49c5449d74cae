import type { Queryable } from '../platform/database/database';
import type { RiskReason } from './grant';

/** A grant that works takes a day until it is looked at again: CloudLink's refresh tokens live 15 days, Zoom's 90. */
export const CHECK_EVERY_HOURS = 24;
/** One at risk may recover, or be worse than it seems. */
const CHECK_RISK_EVERY_HOURS = 1;

/** `since`: when the look began; an admin who has authorised again meanwhile is not meant. @returns whether that is news: the grant lives and had not this reason before */
export async function flagRisk(
  connectorId: string,
  grantId: string,
  reason: RiskReason,
  seen: { now: Date; since?: Date | undefined },
  via: Queryable,
): Promise<boolean> {
  const { rowCount } = await via.query(
    `update grants set at_risk_reason = $3, at_risk_since = coalesce(at_risk_since, $4), updated_at = $4,
       next_check_at = $4::timestamptz + make_interval(hours => $5)
     where connector_id = $1 and grant_id = $2 and state <> 'dead' and at_risk_reason is distinct from $3
       and ($6::timestamptz is null or authorised_at <= $6)`,
    [connectorId, grantId, reason, seen.now, CHECK_RISK_EVERY_HOURS, seen.since ?? null],
  );
  return rowCount === 1;
}

/** The grant was seen to work. @returns whether it had been at risk until now */
export async function markChecked(
  connectorId: string,
  grantId: string,
  seen: { email: string; role: string },
  now: Date,
  via: Queryable,
): Promise<boolean> {
  const { rows } = await via.query<{ wasAtRisk: boolean }>(
    `with before as (select connector_id, grant_id, at_risk_reason from grants
                     where connector_id = $1 and grant_id = $2 and state <> 'dead' for update)
     update grants g set at_risk_reason = null, at_risk_since = null, checked_at = $3, updated_at = $3,
       subject_email = case when $4 = '' then g.subject_email else $4 end, subject_role = $5
     from before b where g.connector_id = b.connector_id and g.grant_id = b.grant_id
     returning b.at_risk_reason is not null as "wasAtRisk"`,
    [connectorId, grantId, now, seen.email, seen.role],
  );
  return rows[0]?.wasAtRisk === true;
}

/** Live grants whose look is due, each given to one asker only: the next look is a day away, or an hour for one at risk. */
export async function takeDue(
  now: Date,
  limit: number,
  via: Queryable,
): Promise<{ connectorId: string; grantId: string }[]> {
  const { rows } = await via.query<{ connectorId: string; grantId: string }>(
    `with due as (
       select g.connector_id, g.grant_id from grants g join connectors c on c.connector_id = g.connector_id
       where g.state <> 'dead' and g.next_check_at <= $1 and c.state <> 'disconnected'
       order by g.next_check_at limit $2 for no key update of g skip locked
     )
     update grants g set next_check_at = $1::timestamptz + make_interval(hours => case when g.at_risk_reason is null then $3::int else $4::int end)
     from due where g.connector_id = due.connector_id and g.grant_id = due.grant_id
     returning g.connector_id as "connectorId", g.grant_id as "grantId"`,
    [now, limit, CHECK_EVERY_HOURS, CHECK_RISK_EVERY_HOURS],
  );
  return rows;
}
