import { Injectable } from '@nestjs/common';
import type { UserKey } from '../access/user-key';
import { Database } from '../platform/database/database';
import { HASH_ALGORITHMS, type HashAlgorithm } from '../sip/ha1';
import type { RegistrationTarget } from '../sip/parse-target';
import { groupRows, REGISTRATION_COLUMNS, STATUS_COLUMNS, toStatusRecord, type JoinedRow } from './record-rows';
import { searchPattern } from './search-pattern';
import type { UserFilter } from './user-filter';
import type { AsOf, Membership, UserRecord } from './user-record';

const USER_COLUMNS = `${STATUS_COLUMNS}, u.display_name, u.extension, u.pbx_type, u.pbx_site, u.membership, u.missing_since`;

/** No hash among them: lists and details never carry one. */
const DETAIL_COLUMNS = `u.cloudlink_user_id, u.zoom_phone, u.licences, c.user_name, c.auth_user_name, c.realm, c.targets,
  c.md5_ha1 is not null as has_md5, c.sha256_ha1 is not null as has_sha256`;

type UserRow = JoinedRow & {
  display_name: string;
  extension: string | null;
  pbx_type: string | null;
  pbx_site: string | null;
  membership: Membership;
  missing_since: Date | null;
};

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

@Injectable()
export class UsersRepository {
  constructor(private readonly database: Database) {}

  /** Ordered by email, which is unique within a connector. `now` decides which registrations are live. */
  async page(
    connectorId: string,
    filter: UserFilter,
    page: { after: string | undefined; limit: number; now: Date },
  ): Promise<UserRecord[]> {
    const values: unknown[] = [connectorId, page.limit];
    const bind = (value: unknown): string => `$${values.push(value)}`;
    const conditions = ['u.connector_id = $1'];
    conditions.push(filter.status === undefined ? `u.status <> 'removed'` : `u.status = ${bind(filter.status)}`);
    if (filter.missing !== undefined) conditions.push(`u.missing_since is ${filter.missing ? 'not null' : 'null'}`);
    if (page.after !== undefined) conditions.push(`u.email > ${bind(page.after)}`);
    if (filter.q !== undefined) {
      const pattern = bind(searchPattern(filter.q));
      conditions.push(`(u.email ~ ${pattern} or u.display_name ~ ${pattern} or u.extension ~ ${pattern})`);
    }
    if (filter.platform !== undefined) {
      conditions.push(`exists (select from registrations l where l.connector_id = u.connector_id and l.user_id = u.user_id
                       and l.platform = ${bind(filter.platform)} and l.outcome = 'registered' and l.expires_at > ${bind(page.now)})`);
    }
    const { rows } = await this.database.query<UserRow>(
      `with page as (
         select ${USER_COLUMNS} from integrated_users u where ${conditions.join(' and ')} order by u.email limit $2
       )
       select u.*, ${REGISTRATION_COLUMNS} from page u
       left join registrations r on r.connector_id = u.connector_id and r.user_id = u.user_id
       order by u.email`,
      values,
    );
    return groupRows(rows, toUserRecord);
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
}

function toUserRecord(row: UserRow): UserRecord {
  return {
    ...toStatusRecord(row),
    displayName: row.display_name,
    extension: row.extension,
    pbxType: row.pbx_type,
    pbxSite: row.pbx_site,
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
