import type { Queryable } from '../../src/platform/database/database';

const COLUMNS = `
  select format('  %s %s%s%s%s', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
    case when a.attnotnull then ' not null' else '' end,
    case when a.attidentity = 'a' then ' generated always as identity' else '' end,
    coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) as line
  from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`;

// PostgreSQL 18 keeps NOT NULL as constraints of its own; older ones do not, and the columns show it anyway.
const CONSTRAINTS = `
  select format('  constraint %s %s', quote_ident(conname), pg_get_constraintdef(oid)) as line
  from pg_constraint where conrelid = $1::regclass and contype <> 'n' order by contype desc, conname`;

const INDEXES = `
  select pg_get_indexdef(i.indexrelid) || ';' as line from pg_index i join pg_class c on c.oid = i.indexrelid
  where i.indrelid = $1::regclass and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u'))
  order by c.relname`;

const TRIGGERS = `
  select pg_get_triggerdef(oid) || ';' as line from pg_trigger where tgrelid = $1::regclass and not tgisinternal order by tgname`;

/** The schema as text, the same on every machine: tables by name, then columns, constraints, indexes, triggers. */
export async function dumpSchema(database: Queryable): Promise<string> {
  const { rows: tables } = await database.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename <> 'schema_migrations' order by tablename`,
  );
  const lines = async (sql: string, table: string): Promise<string[]> =>
    (await database.query<{ line: string }>(sql, [table])).rows.map((row) => row.line);
  const parts: string[] = [
    '-- What migrations/ make of an empty database. Renewed by `npm run schema:dump`, compared by a test.\n',
  ];
  for (const { name } of tables) {
    const body = [...(await lines(COLUMNS, name)), ...(await lines(CONSTRAINTS, name))].join(',\n');
    parts.push(
      [`create table ${name} (\n${body}\n);`, ...(await lines(INDEXES, name)), ...(await lines(TRIGGERS, name))].join(
        '\n',
      ) + '\n',
    );
  }
  return parts.join('\n');
}
