import type { Queryable } from '../platform/database/database';
import type { SealedCredential } from './seal-credential';

const INSERT = `insert into sip_credentials (connector_id, user_id, user_name, auth_user_name, realm, md5_ha1, sha256_ha1, targets, synced_at)
                select $1, user_id, user_name, auth_user_name, realm, md5_ha1, sha256_ha1, targets::jsonb, $9
                from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::bytea[], $7::bytea[], $8::text[])
                     as n (user_id, user_name, auth_user_name, realm, md5_ha1, sha256_ha1, targets)`;

/** The rows of sip_credentials of users who were stored before; those of new users are copied (new-rows.ts). */
export class SyncedCredentialRepository {
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
