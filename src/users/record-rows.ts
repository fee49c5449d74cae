import type { SipSource } from '../sip/sip-source';
import type { Registration, ReportedTarget } from './registration';
import type { Outcome, Platform } from './registration-report';
import type { StatusRecord } from './user-record';
import type { CredentialState, UserStatus, ZoomUserStatus } from './user-status';

/** Columns of integrated_users behind a StatusRecord; the alias is u. */
export const STATUS_COLUMNS = `u.connector_id, u.user_id, u.email, u.zoom_user_id, u.zoom_status, u.credential_state, u.status,
  u.status_since, u.status_expires_at, u.synced_at`;

/** Columns of registrations behind a Registration; the alias is r. All null where a left join found none. */
export const REGISTRATION_COLUMNS = `r.device_id, r.platform, r.outcome, r.app_version, r.target, r.sip_code, r.sip_reason,
  r.sip_source, r.since, r.reported_at, r.expires_at, r.sequence`;

export interface StatusRow {
  connector_id: string;
  user_id: string;
  email: string;
  zoom_user_id: string | null;
  zoom_status: ZoomUserStatus | null;
  credential_state: CredentialState;
  status: UserStatus;
  status_since: Date;
  status_expires_at: Date | null;
  synced_at: Date | null;
}

export interface RegistrationRow {
  device_id: string;
  platform: Platform;
  outcome: Outcome;
  app_version: string | null;
  target: ReportedTarget | null;
  sip_code: number | null;
  sip_reason: string | null;
  sip_source: SipSource | null;
  since: Date;
  reported_at: Date;
  expires_at: Date;
  /** bigint, as pg hands it over. */
  sequence: string | null;
}

/** One row of a left join from users to registrations. */
export type JoinedRow = StatusRow & (RegistrationRow | { device_id: null });

export function toStatusRecord(row: StatusRow): StatusRecord {
  return {
    connectorId: row.connector_id,
    userId: row.user_id,
    email: row.email,
    zoomUserId: row.zoom_user_id,
    zoomStatus: row.zoom_status,
    credentialState: row.credential_state,
    status: row.status,
    statusSince: row.status_since,
    statusExpiresAt: row.status_expires_at,
    syncedAt: row.synced_at,
    registrations: [],
  };
}

export function toRegistration(row: RegistrationRow): Registration {
  const { sip_code: code, sip_source: source } = row;
  return {
    deviceId: row.device_id,
    platform: row.platform,
    outcome: row.outcome,
    appVersion: row.app_version,
    target: row.target,
    sip: code === null || source === null ? null : { code, reason: row.sip_reason ?? '', source },
    since: row.since,
    reportedAt: row.reported_at,
    expiresAt: row.expires_at,
    sequence: row.sequence === null ? null : Number(row.sequence),
  };
}

/** Joined rows, in any order, to one record per user, in the order in which the users first appear. */
export function groupRows<R extends JoinedRow, T extends StatusRecord>(rows: R[], toRecord: (row: R) => T): T[] {
  const records = new Map<string, T>();
  for (const row of rows) {
    const key = row.connector_id + row.user_id;
    let record = records.get(key);
    if (record === undefined) records.set(key, (record = toRecord(row)));
    if (row.device_id !== null) record.registrations.push(toRegistration(row));
  }
  const all = [...records.values()];
  for (const { registrations } of all) if (registrations.length > 1) registrations.sort(newestFirst);
  return all;
}

const newestFirst = (a: Registration, b: Registration): number =>
  b.reportedAt.getTime() - a.reportedAt.getTime() || (a.deviceId < b.deviceId ? 1 : -1);
