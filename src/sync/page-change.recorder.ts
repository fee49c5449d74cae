import type { HashAlgorithm, RegistrationTarget } from '../cloudlink/cloudlink-types';
import { type ConnectorCipher, type SecretPlace } from '../platform/crypto/connector-cipher';
import { DecryptionError } from '../platform/crypto/envelope';
import type { Queryable } from '../platform/database/database';
import type { ChangeLogRepository } from '../users/changes/change-log.repository';
import { type OldCredential, pageChanges } from './page-changes';
import type { Plan } from './plan-types';

interface CredentialRow {
  user_id: string;
  user_name: string;
  auth_user_name: string;
  realm: string;
  md5_ha1: Buffer | null;
  sha256_ha1: Buffer | null;
  targets: RegistrationTarget[];
}

/**
 * Tells the change feed what a page changes. The hashes of rows that are about to be rewritten are opened and compared: a
 * keyed fingerprint beside them would cost every row of a first sync, where there is nothing to compare with.
 */
export class PageChangeRecorder {
  constructor(private readonly log: ChangeLogRepository) {}

  /** After the page's users are locked or written, before their credentials are. */
  async record(cipher: ConnectorCipher, plan: Plan, now: Date, transaction: Queryable): Promise<void> {
    const old = await this.oldCredentials(
      cipher,
      plan.update.map((user) => user.userId),
      transaction,
    );
    await this.log.append(cipher.connectorId, pageChanges([...plan.insert, ...plan.update], old), now, transaction);
  }

  private async oldCredentials(
    cipher: ConnectorCipher,
    userIds: string[],
    transaction: Queryable,
  ): Promise<ReadonlyMap<string, OldCredential>> {
    if (userIds.length === 0) return new Map();
    const { rows } = await transaction.query<CredentialRow & Record<string, unknown>>({
      text: `select user_id, user_name, auth_user_name, realm, md5_ha1, sha256_ha1, targets
             from sip_credentials where connector_id = $1 and user_id = any($2)`,
      values: [cipher.connectorId, userIds],
    });
    return new Map(rows.map((row) => [row.user_id, toOldCredential(cipher, row)]));
  }
}

function toOldCredential(cipher: ConnectorCipher, row: CredentialRow): OldCredential {
  const ha1: Partial<Record<HashAlgorithm, string>> = {};
  if (row.md5_ha1 !== null) ha1.MD5 = openHash(cipher, row.md5_ha1, 'sip_credentials.md5_ha1', row.user_id);
  if (row.sha256_ha1 !== null)
    ha1['SHA-256'] = openHash(cipher, row.sha256_ha1, 'sip_credentials.sha256_ha1', row.user_id);
  const { user_name: userName, auth_user_name: authUserName, realm, targets } = row;
  return { userName, authUserName, realm, ha1, targets };
}

/** A hash that nobody can open has changed, whatever comes now: it must not keep the sync from mending it. */
function openHash(cipher: ConnectorCipher, sealed: Buffer, column: SecretPlace['column'], row: string): string {
  try {
    return cipher.open(sealed, { column, row });
  } catch (error) {
    if (error instanceof DecryptionError) return '';
    throw error;
  }
}
