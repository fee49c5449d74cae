import { CONNECTOR_ROW } from '../platform/database/connector-row';
import type { Queryable } from '../platform/database/database';
import type { Outcome, Platform, RegistrationReport } from '../users/registration-report';
import type { CredentialState, UserStatus, ZoomUserStatus } from '../users/user-status';
import type { SipSource } from '../sip/sip-source';
import { preferHashJoins } from './prefer-hash-joins';
import type { ListedZoomUser, LockedUser, Membership, PlannedUser, StoredUser } from './plan-types';
import { HAS_STALE_ZOOM_FACTS } from './zoom-news.repository';

export interface UserRow {
  user_id: string;
  email: string;
  zoom_user_id: string | null;
  zoom_status: ZoomUserStatus | null;
  cloudlink_user_id: string | null;
  membership: Membership;
  status: UserStatus;
  display_name: string;
  fingerprint: string | null;
}

/** A user, and what Zoom's list says in place of what is stored. */
export interface StaleUser {
  user: LockedUser;
  listed: ListedZoomUser;
}

interface WholeRow extends UserRow {
  has_zoom_name: boolean;
  credential_state: CredentialState;
  status_since: Date;
  status_expires_at: Date | null;
}

interface RegistrationRow {
  user_id: string;
  device_id: string;
  platform: Platform;
  outcome: Outcome;
  sip_code: number | null;
  sip_reason: string | null;
  sip_source: SipSource | null;
  since: Date;
  reported_at: Date;
  expires_at: Date;
}

/** No more of the table by the name of `u`: a run without changes reads them of everybody. */
export const USER_COLUMNS = `u.user_id, u.email, u.zoom_user_id, u.zoom_status, u.cloudlink_user_id, u.membership, u.status, u.display_name,
  encode(u.fingerprint, 'hex') as fingerprint`;
const WHOLE_COLUMNS = `${USER_COLUMNS}, u.has_zoom_name, u.credential_state, u.status_since, u.status_expires_at`;

/** The columns of integrated_users that a sync writes, row by row in `unnest`. */
const UNNEST = `unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
                       $11::text[], $12::text[], $13::text[], $14::timestamptz[], $15::timestamptz[], $16::bytea[], $18::boolean[])
                as n (user_id, email, display_name, zoom_user_id, zoom_status, cloudlink_user_id, extension, pbx_type, pbx_site,
                      licences, credential_state, status, status_since, status_expires_at, fingerprint, has_zoom_name)`;

/**
 * One look by index for each value. Asked with `= any(…)`, PostgreSQL reads all rows of a connector of which it has no
 * statistics yet; `offset 0` keeps it from turning the looks into such a question again.
 */
const findBy = (column: 'email' | 'zoom_user_id' | 'cloudlink_user_id'): string =>
  `select ${USER_COLUMNS} from ${CONNECTOR_ROW} cross join unnest($2::text[]) as w (value)
   cross join lateral (select * from integrated_users where connector_id = k.connector_id and ${column} = w.value offset 0) u`;

const distinct = (values: readonly string[]): string[] => [...new Set(values)];

/** Integrated users by sets of a page: one statement per thing that a page does, whatever its size. */
export class SyncedUserRepository {
  async findByEmail(connectorId: string, emails: string[], via: Queryable): Promise<StoredUser[]> {
    const { rows } = await via.query<UserRow>({ text: findBy('email'), values: [connectorId, distinct(emails)] });
    return rows.map((row) => toStoredUser(row));
  }

  async findByZoomId(connectorId: string, zoomIds: string[], via: Queryable): Promise<StoredUser[]> {
    const { rows } = await via.query<UserRow>({
      text: findBy('zoom_user_id'),
      values: [connectorId, distinct(zoomIds)],
    });
    return rows.map((row) => toStoredUser(row));
  }

  /**
   * For items that may be in use under another email than they have now. Of two rows with one id, which only a move from
   * one to the other leaves, the one that has its Zoom user comes last.
   */
  async findByCloudLinkId(connectorId: string, ids: string[], via: Queryable): Promise<StoredUser[]> {
    const { rows } = await via.query<UserRow>(
      `${findBy('cloudlink_user_id')} where status <> 'removed' order by zoom_user_id nulls first`,
      [connectorId, distinct(ids)],
    );
    return rows.map((row) => toStoredUser(row));
  }

  /** Present users whose Zoom facts differ from what the run has listed, ordered by email; locked. */
  async lockStaleZoomFacts(
    run: { connectorId: string; runId: string },
    afterEmail: string,
    limit: number,
    transaction: Queryable,
  ): Promise<StaleUser[]> {
    await preferHashJoins(transaction);
    const { rows } = await transaction.query<
      WholeRow & { listed_id: string | null; listed_status: ZoomUserStatus; listed_name: string }
    >(
      `select ${WHOLE_COLUMNS}, z.zoom_user_id as listed_id, z.zoom_status as listed_status, z.display_name as listed_name
       from integrated_users u
       join sync_run_zoom_news z on z.connector_id = u.connector_id and z.run_id = $2 and z.email = u.email
       where u.connector_id = $1 and u.status <> 'removed' and u.email > $3
         and ${HAS_STALE_ZOOM_FACTS}
       order by u.email limit $4 for no key update of u`,
      [run.connectorId, run.runId, afterEmail, limit],
    );
    const users = await this.withRegistrations(run.connectorId, rows, transaction);
    return rows.flatMap((row) => {
      const user = users.get(row.user_id);
      const listed = { id: row.listed_id, status: row.listed_status, displayName: row.listed_name };
      return user === undefined ? [] : [{ user, listed }];
    });
  }

  /**
   * Locks the rows that a page is about to change and reads them again with their registrations: a device may report
   * at the same moment, and its report must not be overwritten by a status that was derived without it.
   */
  async lock(connectorId: string, userIds: string[], transaction: Queryable): Promise<LockedUser[]> {
    const { rows } = await transaction.query<WholeRow>({
      text: `select ${WHOLE_COLUMNS} from integrated_users u where connector_id = $1 and user_id = any($2) order by user_id for no key update`,
      values: [connectorId, userIds],
    });
    return [...(await this.withRegistrations(connectorId, rows, transaction)).values()];
  }

  private async withRegistrations(
    connectorId: string,
    users: WholeRow[],
    via: Queryable,
  ): Promise<Map<string, LockedUser>> {
    const byId = new Map(users.map((row) => [row.user_id, toLockedUser(row)]));
    const { rows } = await via.query<RegistrationRow>({
      text: `select user_id, device_id, platform, outcome, sip_code, sip_reason, sip_source, since, reported_at, expires_at
             from registrations where connector_id = $1 and user_id = any($2)`,
      values: [connectorId, [...byId.keys()]],
    });
    for (const row of rows) byId.get(row.user_id)?.registrations.push(toReport(row));
    return byId;
  }

  /**
   * Takes Zoom ids away from rows that hold them wrongly (a removed user, an email that moved to somebody else),
   * so that the unique key lets their present owners have them.
   */
  async releaseZoomIds(
    connectorId: string,
    owners: { userId: string; zoomUserId: string | null }[],
    transaction: Queryable,
  ): Promise<void> {
    const owned = owners.filter((owner) => owner.zoomUserId !== null);
    if (owned.length === 0) return;
    await transaction.query({
      text: `update integrated_users u set zoom_user_id = null, fingerprint = null
             from unnest($2::uuid[], $3::text[]) as n (user_id, zoom_user_id)
             where u.connector_id = $1 and u.zoom_user_id = n.zoom_user_id and u.user_id <> n.user_id`,
      values: [connectorId, owned.map((owner) => owner.userId), owned.map((owner) => owner.zoomUserId)],
    });
  }

  async update(connectorId: string, users: PlannedUser[], now: Date, transaction: Queryable): Promise<void> {
    if (users.length === 0) return;
    await transaction.query({
      text: `update integrated_users u
             set email = n.email, display_name = n.display_name, has_zoom_name = n.has_zoom_name, zoom_user_id = n.zoom_user_id, zoom_status = n.zoom_status,
                 cloudlink_user_id = n.cloudlink_user_id, extension = n.extension, pbx_type = n.pbx_type, pbx_site = n.pbx_site,
                 licences = n.licences::jsonb, credential_state = n.credential_state, status = n.status,
                 status_since = n.status_since, status_expires_at = n.status_expires_at, fingerprint = n.fingerprint,
                 synced_at = $17, removed_at = null
             from ${UNNEST}
             where u.connector_id = $1 and u.user_id = n.user_id`,
      values: [connectorId, ...columns(users), now, users.map((user) => user.hasZoomName)],
    });
  }

  /** Only what Zoom says; the fingerprint goes, because the row is no longer what it was made from. */
  async updateZoomFacts(
    connectorId: string,
    users: Pick<
      LockedUser,
      'userId' | 'zoomUserId' | 'zoomStatus' | 'displayName' | 'status' | 'statusSince' | 'statusExpiresAt'
    >[],
    transaction: Queryable,
  ): Promise<void> {
    await transaction.query(
      `update integrated_users u
       set zoom_user_id = n.zoom_user_id, zoom_status = n.zoom_status, display_name = n.display_name, status = n.status,
           status_since = n.status_since, status_expires_at = n.status_expires_at, fingerprint = null
       from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[])
            as n (user_id, zoom_user_id, zoom_status, display_name, status, status_since, status_expires_at)
       where u.connector_id = $1 and u.user_id = n.user_id`,
      [
        connectorId,
        users.map((user) => user.userId),
        users.map((user) => user.zoomUserId),
        users.map((user) => user.zoomStatus),
        users.map((user) => user.displayName),
        users.map((user) => user.status),
        users.map((user) => user.statusSince),
        users.map((user) => user.statusExpiresAt),
      ],
    );
  }

  /** @returns false when another row holds the email, even that of a removed user: a sync sorts that out */
  async changeEmail(connectorId: string, userId: string, email: string, transaction: Queryable): Promise<boolean> {
    const { rowCount } = await transaction.query(
      `update integrated_users u set email = $3, fingerprint = null where u.connector_id = $1 and u.user_id = $2
         and not exists (select from integrated_users o where o.connector_id = $1 and o.email = $3)`,
      [connectorId, userId, email],
    );
    return rowCount === 1;
  }
}

function columns(users: PlannedUser[]): unknown[] {
  return [
    users.map((user) => user.userId),
    users.map((user) => user.email),
    users.map((user) => user.displayName),
    users.map((user) => user.zoomUserId),
    users.map((user) => user.zoomStatus),
    users.map((user) => user.cloudlinkUserId),
    users.map((user) => user.extension),
    users.map((user) => user.pbx?.type ?? null),
    users.map((user) => user.pbx?.site ?? null),
    users.map((user) => JSON.stringify(user.licences)),
    users.map((user) => user.credentialState),
    users.map((user) => user.status),
    users.map((user) => user.statusSince),
    users.map((user) => user.statusExpiresAt),
    users.map((user) => Buffer.from(user.fingerprint, 'hex')),
  ];
}

export const toStoredUser = (row: UserRow): StoredUser => ({
  userId: row.user_id,
  email: row.email,
  zoomUserId: row.zoom_user_id,
  zoomStatus: row.zoom_status,
  cloudlinkUserId: row.cloudlink_user_id,
  membership: row.membership,
  status: row.status,
  displayName: row.display_name,
  fingerprint: row.fingerprint,
});

const toLockedUser = (row: WholeRow): LockedUser => ({
  ...toStoredUser(row),
  status: row.status,
  hasZoomName: row.has_zoom_name,
  credentialState: row.credential_state,
  statusSince: row.status_since,
  statusExpiresAt: row.status_expires_at,
  registrations: [],
});

function toReport(row: RegistrationRow): RegistrationReport {
  const { sip_code: code, sip_source: source } = row;
  return {
    deviceId: row.device_id,
    platform: row.platform,
    outcome: row.outcome,
    sip: code === null || source === null ? null : { code, reason: row.sip_reason ?? '', source },
    since: row.since,
    reportedAt: row.reported_at,
    expiresAt: row.expires_at,
  };
}
