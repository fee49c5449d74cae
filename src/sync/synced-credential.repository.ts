import type { Queryable } from '../platform/database/database';
import type { ConnectorCipher } from '../platform/crypto/connector-cipher';
import type { HashAlgorithm, PsiCredential } from '../cloudlink/cloudlink-types';
import type { PlannedUser } from './plan-types';

/** A row of sip_credentials as it is written: no HA1 in the clear. */
export interface SealedCredential extends Omit<PsiCredential, 'ha1'> {
  userId: string;
  md5: Buffer | null;
  sha256: Buffer | null;
}

const INSERT = `insert into sip_credentials (connector_id, user_id, user_name, auth_user_name, realm, md5_ha1, sha256_ha1, targets, synced_at)
                select $1, user_id, user_name, auth_user_name, realm, md5_ha1, sha256_ha1, targets::jsonb, $9
                from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::bytea[], $7::bytea[], $8::text[])
                     as n (user_id, user_name, auth_user_name, realm, md5_ha1, sha256_ha1, targets)`;

/** The rows of sip_credentials. HA1 is sealed on its way into the statement. */
export class SyncedCredentialRepository {
  /** Those of `users` who have a credential. Async so that it can go on beside a statement: sealing takes this thread only. */
  async seal(cipher: ConnectorCipher, users: PlannedUser[]): Promise<SealedCredential[]> {
    return users.flatMap(({ userId, credential }) =>
      credential === undefined ? [] : [sealCredential(cipher, userId, credential)],
    );
  }

  /** Of users whom this page has stored for the first time: no row can be in the way, so none is looked for. */
  async insert(connectorId: string, credentials: SealedCredential[], now: Date, transaction: Queryable): Promise<void> {
    if (credentials.length === 0) return;
    await transaction.query({ text: INSERT, values: [connectorId, ...columns(credentials), now] });
  }

  async put(connectorId: string, credentials: SealedCredential[], now: Date, transaction: Queryable): Promise<void> {
    if (credentials.length === 0) return;
    await transaction.query({
      text: `${INSERT}
             on conflict (connector_id, user_id) do update
             set user_name = excluded.user_name, auth_user_name = excluded.auth_user_name, realm = excluded.realm,
                 md5_ha1 = excluded.md5_ha1, sha256_ha1 = excluded.sha256_ha1, targets = excluded.targets, synced_at = excluded.synced_at`,
      values: [connectorId, ...columns(credentials), now],
    });
  }

  async destroy(connectorId: string, userIds: string[], transaction: Queryable): Promise<void> {
    if (userIds.length === 0) return;
    await transaction.query({
      text: 'delete from sip_credentials where connector_id = $1 and user_id = any($2)',
      values: [connectorId, userIds],
    });
  }
}

const COLUMN = { MD5: 'sip_credentials.md5_ha1', 'SHA-256': 'sip_credentials.sha256_ha1' } as const;

function sealCredential(cipher: ConnectorCipher, userId: string, credential: PsiCredential): SealedCredential {
  const { userName, authUserName, realm, targets } = credential;
  const sealed = (algorithm: HashAlgorithm): Buffer | null => {
    const hash = credential.ha1.find((entry) => entry.algorithm === algorithm);
    return hash === undefined ? null : cipher.seal(hash.ha1, { column: COLUMN[algorithm], row: userId });
  };
  return { userId, userName, authUserName, realm, targets, md5: sealed('MD5'), sha256: sealed('SHA-256') };
}

function columns(credentials: SealedCredential[]): unknown[] {
  return [
    credentials.map((credential) => credential.userId),
    credentials.map((credential) => credential.userName),
    credentials.map((credential) => credential.authUserName),
    credentials.map((credential) => credential.realm),
    credentials.map((credential) => credential.md5),
    credentials.map((credential) => credential.sha256),
    credentials.map((credential) => JSON.stringify(credential.targets)),
  ];
}
