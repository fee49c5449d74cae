import type { Database } from '../database/database';
import { keyIdOf } from './envelope';
import type { Keyring } from './keyring';

/** Tables whose secrets are sealed with ENCRYPTION_KEYS themselves, and what each secret is bound to. */
const TABLES = [
  {
    table: 'connector_keys',
    key: 'connector_id',
    column: 'data_key',
    context: (id: string) => `${id}/connector_keys.data_key`,
  },
  { table: 'signing_keys', key: 'kid', column: 'private_jwk', context: (id: string) => `signing_keys/${id}` },
] as const;

const PAGE = 500;

/**
 * Seals everything anew that an older key of ENCRYPTION_KEYS has sealed, so that the older one can be destroyed; with
 * it, what a backup still holds of disconnected connectors. Few rows: one data key per connector.
 * @returns how many rows were written
 */
export async function rewrapKeys(database: Database, keyring: Keyring): Promise<number> {
  let written = 0;
  for (const { table, key, column, context } of TABLES) {
    let after = '';
    for (;;) {
      const { rows } = await database.query<{ id: string; sealed: Buffer }>(
        `select ${key}::text as id, ${column} as sealed from ${table} where ${key}::text > $1 order by ${key}::text limit ${PAGE}`,
        [after],
      );
      for (const { id, sealed } of rows) {
        if (keyIdOf(sealed) === keyring.currentId) continue;
        const anew = keyring.seal(keyring.open(sealed, context(id)), context(id));
        // Only over what was read: a connector may be disconnected at this moment.
        const { rowCount } = await database.query(
          `update ${table} set ${column} = $3 where ${key}::text = $1 and ${column} = $2`,
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
