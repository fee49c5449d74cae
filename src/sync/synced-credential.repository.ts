import type { Queryable } from '../platform/database/database';
import type { ConnectorCipher } from '../platform/crypto/connector-cipher';
import type { HashAlgorithm, PsiCredential } from '../cloudlink/cloudlink-types';
import type { PlannedUser } from './plan-types';

/** The rows of sip_credentials. HA1 is sealed here, on its way into the statement, and nowhere kept in between. */
export class SyncedCredentialRepository {
  async put(cipher: ConnectorCipher, users: PlannedUser[], now: Date, transaction: Queryable): Promise<void> {
    const holders = users.flatMap(({ userId, credential }) =>
      credential === undefined ? [] : [{ userId, credential }],
    );
    if (holders.length === 0) return;
    await transaction.query({
      text: `insert into sip_credentials (connector_id, user_id, user_name, auth_user_name, realm, md5_ha1, sha256_ha1, targets, synced_at)
             select $1, user_id, user_name, auth_user_name, realm, md5_ha1, sha256_ha1, targets::jsonb, $9
             from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::bytea[], $7::bytea[], $8::text[])
                  as n (user_id, user_name, auth_user_name, realm, md5_ha1, sha256_ha1, targets)
             on conflict (connector_id, user_id) do update
             set user_name = excluded.user_name, auth_user_name = excluded.auth_user_name, realm = excluded.realm,
                 md5_ha1 = excluded.md5_ha1, sha256_ha1 = excluded.sha256_ha1, targets = excluded.targets, synced_at = excluded.synced_at`,
      values: [
        cipher.connectorId,
        holders.map((holder) => holder.userId),
        holders.map((holder) => holder.credential.userName),
        holders.map((holder) => holder.credential.authUserName),
        holders.map((holder) => holder.credential.realm),
        holders.map((holder) => sealHa1(cipher, holder.userId, holder.credential, 'MD5')),
        holders.map((holder) => sealHa1(cipher, holder.userId, holder.credential, 'SHA-256')),
        holders.map((holder) => JSON.stringify(holder.credential.targets)),
        now,
      ],
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

function sealHa1(
  cipher: ConnectorCipher,
  row: string,
  credential: PsiCredential,
  algorithm: HashAlgorithm,
): Buffer | null {
  const hash = credential.ha1.find((entry) => entry.algorithm === algorithm);
  return hash === undefined ? null : cipher.seal(hash.ha1, { column: COLUMN[algorithm], row });
}
