import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database';
import type { RegistrationTarget } from '../sip/parse-target';
import type { AsOf } from './user-record';
import type { UserKey } from './user-key';
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
}

type Row = {
  user_id: string;
  email: string;
  status: UserStatus;
  credential_state: CredentialState;
  as_of: Date | null;
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
    n.synced_at as as_of
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

  async find(connectorId: string, user: UserKey): Promise<CredentialHolder | undefined> {
    const { rows } = await this.database.query<Row>({ ...STATEMENTS[user.kind], values: [connectorId, user.value] });
    const [row] = rows;
    if (row === undefined) return undefined;
    return {
      userId: row.user_id,
      email: row.email,
      status: row.status,
      credentialState: row.credential_state,
      asOf: row.as_of,
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
