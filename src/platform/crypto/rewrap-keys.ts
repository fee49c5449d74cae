import type { Database } from '../database/database';
import { keyIdOf } from './envelope';
import type { Keyring } from './keyring';

const NO_UUID = '00000000-0000-0000-0000-000000000000';

/** Tables whose secrets are sealed with ENCRYPTION_KEYS themselves, and what each secret is bound to. `first` sorts before every key. */
const TABLES = [
  {
    table: 'connector_keys',
    key: 'connector_id',
    first: NO_UUID,
    column: 'data_key',
    context: (id: string) => `${id}/connector_keys.data_key`,
  },
  {
    table: 'signing_keys',
    key: 'kid',
    first: '',
    column: 'private_jwk',
    context: (id: string) => `signing_keys/${id}`,
  },
  {
    table: 'oauth_artifacts',
    key: 'id_hash',
    first: '\\x',
    column: 'payload',
    // A bytea as text begins with "\\x".
    context: (id: string) => `oauth_artifacts.payload/${id.slice(2)}`,
  },
  // Admins who are on their way through a provider at this moment.
  {
    table: 'oauth_attempts',
    key: 'state_hash',
    first: '\\x',
    column: 'code_verifier',
    context: (id: string) => `oauth_attempts.code_verifier/${id.slice(2)}`,
  },
  {
    table: 'oauth_attempts',
    key: 'state_hash',
    first: '\\x',
    column: 'interaction',
    context: (id: string) => `oauth_attempts.interaction/${id.slice(2)}`,
  },
] as const;

const PAGE = 500;

/**
 * Seals everything anew that an older key of ENCRYPTION_KEYS has sealed, so that the older one can be destroyed; with
 * it, what a backup still holds of disconnected connectors. Most rows are refresh tokens, spent ones
 * too; the others are few.
 * @returns how many rows were written
 */
export async function rewrapKeys(database: Database, keyring: Keyring): Promise<number> {
  let written = 0;
  for (const { table, key, first, column, context } of TABLES) {
    let after: string = first;
    for (;;) {
      const { rows } = await database.query<{ id: string; sealed: Buffer }>(
        `select ${key}::text as id, ${column} as sealed from ${table} where ${key} > $1 and ${column} is not null order by ${key} limit ${PAGE}`,
        [after],
      );
      for (const { id, sealed } of rows) {
        if (keyIdOf(sealed) === keyring.currentId) continue;
        const anew = keyring.seal(keyring.open(sealed, context(id)), context(id));
        // Only over what was read: a connector may be disconnected at this moment.
        const { rowCount } = await database.query(
          `update ${table} set ${column} = $3 where ${key} = $1 and ${column} = $2`,
          [id, sealed, anew],
        );
        written += rowCount ?? 0;
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) break;
      after = last.id;
    }
  }
  return written;
}
