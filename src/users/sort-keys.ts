import type { UserSort } from './user-order';

/** How PostgreSQL orders users by one of their properties. */
export interface SortKey {
  /** Of the row u of integrated_users; `names` is the collation of names (name-collation.ts). */
  expression: (names: string) => string;
  isNullable: boolean;
  /** The key as a cursor carries it: text that loses nothing of it. */
  toText: (key: string) => string;
  fromText: (text: string) => string;
  /** What such a text looks like: a cursor is foreign, and what is not of the type would be an error of the database. */
  form: RegExp;
}

const text = (expression: SortKey['expression'], isNullable: boolean): SortKey => ({
  expression,
  isNullable,
  toText: (key) => key,
  fromText: (value) => `${value}::text`,
  form: /^[^\u0000]{0,600}$/u,
});

/** In microseconds, because a column may be finer than the milliseconds of a Date. */
const time = (column: string, isNullable: boolean): SortKey => ({
  expression: () => column,
  isNullable,
  toText: (key) => `(extract(epoch from ${key}) * 1000000)::bigint::text`,
  fromText: (value) => `(timestamptz 'epoch' + ${value}::bigint * interval '1 microsecond')`,
  form: /^\d{1,16}$/,
});

/**
 * Only the email has an index of its own. Every change of a status and every sync would have to write the others, and a page is
 * quick enough without: of 100 000 users of one connector, with one process of PostgreSQL and everything in memory, the first or a
 * middle page takes 30 (times) to 75 ms (extension), by email 5 (decision 27).
 */
export const SORT_KEYS: Record<UserSort, SortKey> = {
  email: text(() => 'u.email', false),
  // Nobody looks for users without a name at the top.
  displayName: text((names) => `nullif(u.display_name, '') collate ${names}`, true),
  // As numbers are ordered: 999 before 2001. What is longer than a telephone number is ordered by its first characters.
  extension: text(() => `lpad(u.extension, 16, '0') collate "C"`, true),
  pbx: text((names) => `(u.pbx_type || ' ' || coalesce(u.pbx_site, '')) collate ${names}`, true),
  status: {
    expression: () =>
      `case u.status when 'sip_error' then 0 when 'pending' then 1 when 'inactive' then 2 when 'registered' then 3 else 4 end`,
    isNullable: false,
    toText: (key) => `${key}::text`,
    fromText: (value) => `${value}::integer`,
    form: /^[0-4]$/,
  },
  since: time('u.status_since', false),
  syncedAt: time('u.synced_at', true),
};
