import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database';
import type { RegistrarResult } from '../sip/registrar/registrar-result';
import type { SipSource } from '../sip/sip-source';
import type { Transport } from '../sip/parse-target';
import type { Outcome, Platform } from '../users/registration-report';
import type { UserStatus } from '../users/user-status';
import type { DeviceCounts } from './facts';

/** A target as credentials and reports name it. */
export interface NamedTarget {
  role?: string;
  host: string;
  port: number;
  transport: Transport;
}

/** Users of whom the same is known. */
export interface GroupRow {
  status: UserStatus;
  /** platform, outcome, code, source, target: the newest first. */
  devices: [Platform, Outcome, number | null, SipSource | null, NamedTarget | null][];
  targets: NamedTarget[];
  result: RegistrarResult | null;
  bindings: number | null;
  isNewer: boolean | null;
  teleworker: number | null;
  zoomPsi: boolean | null;
  users: number;
  emails: string[];
  since: Date;
}

export interface Counts {
  registered: number;
  mobile: DeviceCounts;
  desktop: DeviceCounts;
  users: number;
  syncedAt: Date | null;
  /** Of the connector itself, in seconds; null: that of this deployment. */
  ownSyncInterval: number | null;
}

export interface BurstRow {
  users: number;
  since: Date | null;
}

/** A check that is older says nothing about today. */
const CHECK_DAYS = 3;
const EMAILS = 5;

/** As deriveStatus has it: a failure counts while it is the newest report of its platform, a registration while it is live. */
const DEVICES = `
  select user_id, reported_at, platform, outcome, sip_code, sip_source, target, device_id
  from (select *, row_number() over (partition by user_id, platform order by reported_at desc, device_id desc) as n
        from registrations where connector_id = $1 and ($3::uuid is null or user_id = $3)) d
  where expires_at > $2 and (outcome = 'registered' or (outcome = 'failed' and n = 1))`;

/**
 * One row for all users of whom the same is known: there are few such rows, however many users. Of whom nothing bad is known
 * they are left out, unless a target is down: then those who are registered there matter.
 */
const GROUPS = `
  with devices as (
    select user_id, max(reported_at) as reported_at,
      jsonb_agg(jsonb_build_array(platform, outcome, sip_code, sip_source, target) order by reported_at desc, device_id desc) as devices
    from (${DEVICES}) d group by user_id
  )
  select u.status, coalesce(d.devices, '[]') as devices, coalesce(c.targets, '[]') as targets,
    k.result, jsonb_array_length(k.bindings) as bindings,
    k.at > coalesce(d.reported_at, '-infinity') as "isNewer",
    case when jsonb_typeof(u.licences -> 'teleworker') = 'number' then (u.licences ->> 'teleworker')::float8::int end as teleworker,
    case when jsonb_typeof(u.licences -> 'zoomPsi') = 'boolean' then (u.licences ->> 'zoomPsi')::boolean end as "zoomPsi",
    count(*)::int as users, (array_agg(u.email order by u.email))[1:${EMAILS}] as emails, min(u.status_since) as since
  from integrated_users u
  left join devices d on d.user_id = u.user_id
  left join sip_credentials c on c.connector_id = u.connector_id and c.user_id = u.user_id
  left join registrar_checks k on k.connector_id = u.connector_id and k.user_id = u.user_id
    and k.at > $2::timestamptz - interval '${CHECK_DAYS} days'
  where u.connector_id = $1 and ($3::uuid is null or u.user_id = $3) and u.status <> 'removed'
    and (u.status in ('sip_error', 'pending') or k.result is not null or ($4 and u.status = 'registered'))
  group by 1, 2, 3, 4, 5, 6, 7, 8`;

const COUNTS = `
  select
    count(distinct user_id) filter (where outcome = 'registered')::int as registered,
    count(*) filter (where platform = 'mobile' and outcome = 'registered')::int as mobile_registered,
    count(*) filter (where platform = 'mobile' and outcome = 'failed' and sip_source = 'registrar')::int as mobile_refused,
    count(*) filter (where platform = 'desktop' and outcome = 'registered')::int as desktop_registered,
    count(*) filter (where platform = 'desktop' and outcome = 'failed' and sip_source = 'registrar')::int as desktop_refused,
    (select count(*)::int from integrated_users where connector_id = $1 and status <> 'removed') as users,
    (select synced_at from connectors where connector_id = $1) as synced_at,
    (select sync_interval_seconds from connectors where connector_id = $1) as sync_interval
  from (${DEVICES}) d`;

/**
 * Users who were registered and have been refused since then, by when that began: the half hour in which most of them
 * were lost. Two bins side by side, so that a burst is not cut in two.
 */
const BURST = `
  with lost as (
    select date_bin('15 minutes', u.status_since, timestamptz '2026-01-01') as bin, u.status_since
    from integrated_users u
    cross join lateral (
      select previous, sip_code, sip_source from status_transitions t
      where t.connector_id = u.connector_id and t.user_id = u.user_id order by position desc limit 1) t
    where u.connector_id = $1 and u.status = 'sip_error'
      and t.previous = 'registered' and t.sip_source = 'registrar' and t.sip_code in (401, 403, 404, 407)
  ), bins as (select bin, count(*) as users, min(status_since) as since from lost group by bin)
  select (b.users + coalesce(n.users, 0))::int as users, b.since
  from bins b left join bins n on n.bin = b.bin + interval '15 minutes'
  order by 1 desc, 2 limit 1`;

/** What the diagnosis rests on, in a few sets: nothing here is read user by user. */
@Injectable()
export class DiagnosisFactsRepository {
  constructor(private readonly database: Database) {}

  /** `isDown`: whether one of the targets is. */
  async groups(connectorId: string, now: Date, isDown: boolean, userId: string | null = null): Promise<GroupRow[]> {
    const { rows } = await this.database.query<GroupRow>(GROUPS, [connectorId, now, userId, isDown]);
    return rows;
  }

  async counts(connectorId: string, now: Date): Promise<Counts> {
    const { rows } = await this.database.query<{
      registered: number;
      mobile_registered: number;
      mobile_refused: number;
      desktop_registered: number;
      desktop_refused: number;
      users: number;
      synced_at: Date | null;
      sync_interval: number | null;
    }>(COUNTS, [connectorId, now, null]);
    const [row] = rows;
    return {
      users: row?.users ?? 0,
      registered: row?.registered ?? 0,
      mobile: { registered: row?.mobile_registered ?? 0, refused: row?.mobile_refused ?? 0 },
      desktop: { registered: row?.desktop_registered ?? 0, refused: row?.desktop_refused ?? 0 },
      syncedAt: row?.synced_at ?? null,
      ownSyncInterval: row?.sync_interval ?? null,
    };
  }

  async burst(connectorId: string): Promise<BurstRow> {
    const { rows } = await this.database.query<BurstRow>(BURST, [connectorId]);
    return rows[0] ?? { users: 0, since: null };
  }

  async findUser(connectorId: string, kind: 'email' | 'zoom_id', value: string): Promise<UserRow | undefined> {
    const column = kind === 'email' ? 'email' : 'zoom_user_id';
    const { rows } = await this.database.query<UserRow>(
      `select user_id as "userId", zoom_user_id as "zoomUserId", email, status, status_since as since
       from integrated_users where connector_id = $1 and ${column} = $2`,
      [connectorId, value],
    );
    return rows[0];
  }
}

export interface UserRow {
  userId: string;
  zoomUserId: string | null;
  email: string;
  status: UserStatus;
  since: Date;
}
