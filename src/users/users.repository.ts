import { Injectable } from '@nestjs/common';
import type { UserKey } from '../access/user-key';
import { Database } from '../platform/database/database';
import { HASH_ALGORITHMS, type HashAlgorithm } from '../sip/ha1';
import type { RegistrationTarget } from '../sip/parse-target';
import type { UserListing } from './list-cursor';
import { findNameCollation } from './name-collation';
import { groupRows, REGISTRATION_COLUMNS, STATUS_COLUMNS, toStatusRecord, type JoinedRow } from './record-rows';
import { SORT_KEYS } from './sort-keys';
import { failureCode, fromFilteredUsers, isAfter, type Bind } from './user-conditions';
import type { UserFilter } from './user-filter';
import type { UserPlace } from './user-order';
import type { AsOf, Membership, UserRecord } from './user-record';

const USER_COLUMNS = `${STATUS_COLUMNS}, u.display_name, u.extension, u.pbx_type, u.pbx_site, u.membership, u.missing_since, c.user_name`;

/** No hash among them: lists and details never carry one. */
const DETAIL_COLUMNS = `u.cloudlink_user_id, u.zoom_phone, u.licences, c.auth_user_name, c.realm, c.targets,
  c.md5_ha1 is not null as has_md5, c.sha256_ha1 is not null as has_sha256`;

type UserRow = JoinedRow & {
  display_name: string;
  extension: string | null;
  pbx_type: string | null;
  pbx_site: string | null;
  membership: Membership;
  missing_since: Date | null;
  user_name: string | null;
};

type ListRow = UserRow & { sort_text: string | null };

type DetailRow = UserRow & {
  cloudlink_user_id: string | null;
  zoom_phone: boolean | null;
  licences: Record<string, unknown>;
  as_of: Date | null;
} & (
    | { user_name: null }
    | {
        user_name: string;
        auth_user_name: string;
        realm: string;
        targets: RegistrationTarget[];
        has_md5: boolean;
        has_sha256: boolean;
      }
  );

/** Enough for every SIP code and for what a person still chooses from. */
const MAX_CHOICES = 500;

export interface PbxChoice {
  type: string;
  site: string;
  users: number;
}

export interface CodeChoice {
  code: number;
  users: number;
}

/** A credential without its hashes. */
export interface CredentialSummary {
  userName: string;
  authUserName: string;
  realm: string;
  algorithms: HashAlgorithm[];
  targets: RegistrationTarget[];
}

export interface UserDetail extends UserRecord, AsOf {
  cloudlinkUserId: string | null;
  zoomPhone: boolean | null;
  licences: Record<string, unknown>;
  credential: CredentialSummary | null;
}

/** A user and where in the list: what the cursor of the next page is made of. */
export interface ListedUser extends UserRecord {
  place: UserPlace;
}

@Injectable()
export class UsersRepository {
  private collation: Promise<string> | undefined;

  constructor(private readonly database: Database) {}

  /** A page of a list in its order, with the place of each user in it. `now` decides which registrations are live. */
  async page(
    { connectorId, filter, order }: UserListing,
    page: { after: UserPlace | undefined; limit: number; now: Date },
  ): Promise<ListedUser[]> {
    const key = SORT_KEYS[order.sort];
    const names = await this.nameCollation();
    const values: unknown[] = [];
    const bind: Bind = (value) => `$${values.push(value)}`;
    const from = fromFilteredUsers(connectorId, filter, page.now, bind);
    const after = page.after === undefined ? '' : `and ${isAfter(page.after, order, key, names, bind)}`;
    const orderBy = (sortKey: string, email: string): string =>
      `order by ${sortKey} ${order.order}${key.isNullable ? ' nulls last' : ''}, ${email}`;
    // Only keys are sorted: with whole rows the sort took twice as long.
    const { rows } = await this.database.query<ListRow>(
      `with page as (
         select u.user_id, u.email, ${key.expression(names)} as sort_key from ${from} ${after}
         ${orderBy('sort_key', 'u.email')} limit ${bind(page.limit)}
       )
       select ${USER_COLUMNS}, ${key.toText('p.sort_key')} as sort_text, ${REGISTRATION_COLUMNS}
       from page p
       join integrated_users u on u.connector_id = $1 and u.user_id = p.user_id
       left join sip_credentials c on c.connector_id = u.connector_id and c.user_id = u.user_id
       left join registrations r on r.connector_id = u.connector_id and r.user_id = u.user_id
       ${orderBy('p.sort_key', 'p.email')}`,
      values,
    );
    return groupRows(rows, toListedUser);
  }

  async count(connectorId: string, filter: UserFilter, now: Date): Promise<number> {
    const values: unknown[] = [];
    const from = fromFilteredUsers(connectorId, filter, now, (value) => `$${values.push(value)}`);
    const { rows } = await this.database.query<{ count: string }>(`select count(*) from ${from}`, values);
    return Number(rows[0]?.count ?? 0);
  }

  /** The PBX systems of those who are not removed, ordered as names are. */
  async pbxSystems(connectorId: string): Promise<PbxChoice[]> {
    const names = await this.nameCollation();
    const { rows } = await this.database.query<PbxChoice>(
      `select u.pbx_type as type, coalesce(u.pbx_site, '') as site, count(*)::integer as users
       from integrated_users u where u.connector_id = $1 and u.status <> 'removed' and u.pbx_type is not null
       group by 1, 2 order by u.pbx_type collate ${names}, coalesce(u.pbx_site, '') collate ${names} limit ${MAX_CHOICES}`,
      [connectorId],
    );
    return rows;
  }

  /** The SIP codes of the failures that are the status of somebody, those of most users first. */
  async failureCodes(connectorId: string, now: Date): Promise<CodeChoice[]> {
    const { rows } = await this.database.query<CodeChoice>(
      `select code, count(*)::integer as users
       from (select ${failureCode('$2')} as code from integrated_users u
             where u.connector_id = $1 and u.status = 'sip_error') failing
       where code is not null group by code order by users desc, code limit ${MAX_CHOICES}`,
      [connectorId, now],
    );
    return rows;
  }

  async find(connectorId: string, user: UserKey): Promise<UserDetail | undefined> {
    const { rows } = await this.database.query<DetailRow>(
      `select ${USER_COLUMNS}, ${DETAIL_COLUMNS}, ${REGISTRATION_COLUMNS}, n.synced_at as as_of
       from integrated_users u
       join connectors n on n.connector_id = u.connector_id
       left join sip_credentials c on c.connector_id = u.connector_id and c.user_id = u.user_id
       left join registrations r on r.connector_id = u.connector_id and r.user_id = u.user_id
       where u.connector_id = $1 and u.${user.kind === 'email' ? 'email' : 'zoom_user_id'} = $2`,
      [connectorId, user.value],
    );
    return groupRows(rows, toUserDetail)[0];
  }

  /** Asked once, and again after a failure. */
  private nameCollation(): Promise<string> {
    this.collation ??= findNameCollation(this.database).catch((error: unknown) => {
      this.collation = undefined;
      throw error;
    });
    return this.collation;
  }
}

const toListedUser = (row: ListRow): ListedUser => ({
  ...toUserRecord(row),
  place: { key: row.sort_text, email: row.email },
});

function toUserRecord(row: UserRow): UserRecord {
  return {
    ...toStatusRecord(row),
    displayName: row.display_name,
    extension: row.extension,
    pbxType: row.pbx_type,
    pbxSite: row.pbx_site,
    callerId: row.user_name,
    membership: row.membership,
    missingSince: row.missing_since,
  };
}

function toUserDetail(row: DetailRow): UserDetail {
  return {
    ...toUserRecord(row),
    cloudlinkUserId: row.cloudlink_user_id,
    zoomPhone: row.zoom_phone,
    asOf: row.as_of,
    licences: row.licences,
    credential: row.user_name === null ? null : toSummary(row),
  };
}

function toSummary(row: Exclude<DetailRow, { user_name: null }>): CredentialSummary {
  const present: Record<HashAlgorithm, boolean> = { MD5: row.has_md5, 'SHA-256': row.has_sha256 };
  return {
    userName: row.user_name,
    authUserName: row.auth_user_name,
    realm: row.realm,
    algorithms: HASH_ALGORITHMS.filter((algorithm) => present[algorithm]),
    targets: row.targets,
  };
}
