import { Injectable } from '@nestjs/common';
import type { UserKey } from '../access/user-key';
import { Database } from '../platform/database/database';
import { parseNetwork } from '../platform/network/address-range';
import type { RegistrationTarget } from '../sip/parse-target';
import type { OnsiteNetwork } from '../sip/place-of';
import type { AsOf } from './user-record';
import type { CredentialState, UserStatus } from './user-status';

/** A credential as stored: sealed. */
export interface SealedCredential {
  userName: string;
  authUserName: string;
  realm: string;
  md5: Buffer | null;
  sha256: Buffer | null;
  targets: RegistrationTarget[];
}

export interface CredentialHolder extends AsOf {
  userId: string;
  email: string;
  status: UserStatus;
  credentialState: CredentialState;
  credential: SealedCredential | null;
  /** Of the user's PBX, as CloudLink names it. */
  site: string | null;
  /** As CloudLink gives them: free-form JSON. */
  licences: Record<string, unknown>;
  zoomPhone: boolean | null;
  /** Of the connector: whether mobile apps may register at all. */
  mobileCalling: boolean;
  /** All of the connector, whatever their site. */
  networks: OnsiteNetwork[];
  /** How many devices of the user hold a live registration. */
  liveDevices: number;
}

type Row = {
  user_id: string;
  email: string;
  status: UserStatus;
  credential_state: CredentialState;
  as_of: Date | null;
  pbx_site: string | null;
  licences: Record<string, unknown>;
  zoom_phone: boolean | null;
  mobile_calling: boolean;
  networks: { cidr: string; site: string }[] | null;
  live_devices: number;
} & (
  | { user_name: null }
  | {
      user_name: string;
      auth_user_name: string;
      realm: string;
      md5_ha1: Buffer | null;
      sha256_ha1: Buffer | null;
      targets: RegistrationTarget[];
    }
);

const select = (column: 'email' | 'zoom_user_id'): string => `
  select u.user_id, u.email, u.status, u.credential_state, c.user_name, c.auth_user_name, c.realm, c.md5_ha1, c.sha256_ha1, c.targets,
    n.synced_at as as_of, u.pbx_site, u.licences, u.zoom_phone, n.mobile_calling,
    (select json_agg(json_build_object('cidr', o.network, 'site', o.site)) from onsite_networks o
     where o.connector_id = u.connector_id) as networks,
    (select count(*)::int from registrations r where r.connector_id = u.connector_id and r.user_id = u.user_id
       and r.outcome = 'registered' and r.expires_at > $3) as live_devices
  from integrated_users u
  join connectors n on n.connector_id = u.connector_id
  left join sip_credentials c on c.connector_id = u.connector_id and c.user_id = u.user_id
  where u.connector_id = $1 and u.${column} = $2`;

const STATEMENTS = {
  email: { name: 'credential-by-email', text: select('email') },
  zoom_id: { name: 'credential-by-zoom-id', text: select('zoom_user_id') },
} as const;

@Injectable()
export class HandOutRepository {
  constructor(private readonly database: Database) {}

  async find(connectorId: string, user: UserKey, now: Date): Promise<CredentialHolder | undefined> {
    const values = [connectorId, user.value, now];
    const { rows } = await this.database.query<Row>({ ...STATEMENTS[user.kind], values });
    const [row] = rows;
    if (row === undefined) return undefined;
    return {
      userId: row.user_id,
      email: row.email,
      status: row.status,
      credentialState: row.credential_state,
      asOf: row.as_of,
      site: row.pbx_site,
      licences: row.licences,
      zoomPhone: row.zoom_phone,
      mobileCalling: row.mobile_calling,
      networks: (row.networks ?? []).map(toNetwork),
      liveDevices: row.live_devices,
      credential:
        row.user_name === null
          ? null
          : {
              userName: row.user_name,
              authUserName: row.auth_user_name,
              realm: row.realm,
              md5: row.md5_ha1,
              sha256: row.sha256_ha1,
              targets: row.targets,
            },
    };
  }
}

function toNetwork({ cidr, site }: { cidr: string; site: string }): OnsiteNetwork {
  const parsed = parseNetwork(cidr);
  // The column takes networks only, and what is written to it went through the same parser.
  if ('rule' in parsed) throw new Error('a stored network cannot be read');
  return { range: parsed.value, site };
}
