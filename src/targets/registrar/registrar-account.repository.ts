import { Injectable } from '@nestjs/common';
import type { UserKey } from '../../access/user-key';
import { Database } from '../../platform/database/database';
import type { RegistrationTarget } from '../../sip/parse-target';

/** Whom a registrar can be asked about. The hashes are sealed. */
export interface StoredAccount {
  userId: string;
  email: string;
  status: string;
  credentialState: string;
  /** null: CloudLink has delivered none. */
  credential: StoredCredential | null;
}

export interface StoredCredential {
  userName: string;
  authUserName: string;
  realm: string;
  md5: Buffer | null;
  sha256: Buffer | null;
  targets: RegistrationTarget[];
}

interface Row {
  userId: string;
  email: string;
  status: string;
  credentialState: string;
  userName: string | null;
  authUserName: string;
  realm: string;
  md5: Buffer | null;
  sha256: Buffer | null;
  targets: RegistrationTarget[];
}

const COLUMNS = `u.user_id as "userId", u.email, u.status, u.credential_state as "credentialState",
  c.user_name as "userName", c.auth_user_name as "authUserName", c.realm, c.md5_ha1 as md5, c.sha256_ha1 as sha256, c.targets`;
const JOIN = `integrated_users u left join sip_credentials c on c.connector_id = u.connector_id and c.user_id = u.user_id`;

@Injectable()
export class RegistrarAccountRepository {
  constructor(private readonly database: Database) {}

  async find(connectorId: string, { kind, value }: UserKey): Promise<StoredAccount | undefined> {
    const column = kind === 'email' ? 'email' : 'zoom_user_id';
    const { rows } = await this.database.query<Row>(
      `select ${COLUMNS} from ${JOIN} where u.connector_id = $1 and u.${column} = $2`,
      [connectorId, value],
    );
    return rows.map(toAccount)[0];
  }

  /** The next ones of a walk through all who have a credential, by id. */
  async next(connectorId: string, after: string | null, limit: number): Promise<StoredAccount[]> {
    const { rows } = await this.database.query<Row>(
      `select ${COLUMNS} from ${JOIN}
       where u.connector_id = $1 and ($2::uuid is null or u.user_id > $2) and u.credential_state = 'ready'
         and u.status <> 'removed' and c.user_id is not null
       order by u.user_id limit $3`,
      [connectorId, after, limit],
    );
    return rows.map(toAccount);
  }

  /** One question by hand at a time: false when the last one was asked after `limit`. An SBC bans who asks too often. */
  async takeTurn(connectorId: string, userId: string, now: Date, limit: Date): Promise<boolean> {
    const { rowCount } = await this.database.query(
      `insert into registrar_turns as t (connector_id, user_id, asked_at) values ($1, $2, $3)
       on conflict (connector_id, user_id) do update set asked_at = $3 where t.asked_at <= $4 or t.asked_at > $3`,
      [connectorId, userId, now, limit],
    );
    return rowCount === 1;
  }
}

const toAccount = ({ userId, email, status, credentialState, userName, ...rest }: Row): StoredAccount => ({
  userId,
  email,
  status,
  credentialState,
  credential: userName === null ? null : { userName, ...rest },
});
