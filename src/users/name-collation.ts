import type { Queryable } from '../platform/database/database';

/** Of Unicode's root (CLDR): Ä beside A, capitals beside small letters, as German and most other languages have it. */
const UNICODE = '"und-x-icu"';
/** Byte by byte: Z before a, and Ä after all of them. */
const PLAIN = '"C"';

/** How names are ordered here: PostgreSQL need not be built with ICU, and a database need not be in UTF-8 (decision 27). */
export async function findNameCollation(database: Queryable): Promise<string> {
  const { rows } = await database.query(
    `select from pg_collation
     where collname = 'und-x-icu' and collnamespace = 'pg_catalog'::regnamespace
       and collencoding in (-1, (select encoding from pg_database where datname = current_database()))`,
  );
  return rows.length > 0 ? UNICODE : PLAIN;
}
