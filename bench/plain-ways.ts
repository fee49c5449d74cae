import { DataSource, EntitySchema, type EntitySchemaColumnOptions, type ObjectLiteral } from 'typeorm';
import { runSql, USER_TABLES } from './bench-postgres';
import { copyIn, copyOut } from './pg-copy';

const CHUNK = 1000;

/** The rows that a sync has written, to be written again by other means. HA1 is sealed in them already. */
export interface WrittenRows {
  users: number;
  copies: { text: string; chunks: Buffer[] }[];
}

export async function readWrittenRows(url: string): Promise<WrittenRows> {
  const [count] = await runSql<{ n: number }>(url, 'select count(*)::int as n from integrated_users');
  const copies = [];
  for (const table of USER_TABLES) {
    copies.push({ text: `copy ${table} from stdin`, chunks: await copyOut(url, `copy ${table} to stdout`) });
  }
  return { users: count?.n ?? 0, copies };
}

/**
 * Takes the rows away and leaves the connector, which they refer to. Until `emptyTables` nobody gathers statistics by himself:
 * of users who are not committed yet those say that there are none, and then each credential's foreign key is checked by an
 * index that does not know the user, which took a quarter of an hour in place of a second.
 */
export async function emptyUserTables(url: string): Promise<void> {
  for (const table of USER_TABLES) await runSql(url, `alter table ${table} set (autovacuum_enabled = false)`);
  await runSql(url, `truncate ${USER_TABLES.join(', ')}, registrations cascade`);
  await runSql(url, 'checkpoint');
}

export const writeByCopy = (url: string, rows: WrittenRows): Promise<void> => copyIn(url, rows.copies);

type Column = [name: string, type: EntitySchemaColumnOptions['type']];

const entity = (name: string, columns: Column[]): EntitySchema =>
  new EntitySchema({
    name,
    columns: Object.fromEntries(
      columns.map(([column, type], index) => [
        column,
        { type, nullable: true, primary: index < 2 } satisfies EntitySchemaColumnOptions,
      ]),
    ),
  });

const ENTITIES = [
  entity('integrated_users', [
    ['connector_id', 'uuid'],
    ['user_id', 'uuid'],
    ['email', 'text'],
    ['display_name', 'text'],
    ['zoom_user_id', 'text'],
    ['zoom_status', 'text'],
    ['cloudlink_user_id', 'text'],
    ['extension', 'text'],
    ['pbx_type', 'text'],
    ['pbx_site', 'text'],
    ['licences', 'jsonb'],
    ['membership', 'text'],
    ['credential_state', 'text'],
    ['status', 'text'],
    ['status_since', 'timestamptz'],
    ['status_expires_at', 'timestamptz'],
    ['fingerprint', 'bytea'],
    ['synced_at', 'timestamptz'],
    ['created_at', 'timestamptz'],
    ['removed_at', 'timestamptz'],
  ]),
  entity('sip_credentials', [
    ['connector_id', 'uuid'],
    ['user_id', 'uuid'],
    ['user_name', 'text'],
    ['auth_user_name', 'text'],
    ['realm', 'text'],
    ['md5_ha1', 'bytea'],
    ['sha256_ha1', 'bytea'],
    ['targets', 'jsonb'],
    ['synced_at', 'timestamptz'],
  ]),
];

/** What most programs of this kind do: the ORM's upsert, a thousand rows a call, each call a transaction. */
export class OrmUpsert {
  private constructor(
    private readonly source: DataSource,
    private readonly rows: ObjectLiteral[][],
  ) {}

  /** Loads the rows of `url` as objects; they must be there still. */
  static async prepare(url: string): Promise<OrmUpsert> {
    const source = new DataSource({ type: 'postgres', url, entities: ENTITIES, poolSize: 1 });
    await source.initialize();
    const rows = [];
    for (const { options } of ENTITIES) rows.push(await source.getRepository<ObjectLiteral>(options.name).find());
    return new OrmUpsert(source, rows);
  }

  async write(): Promise<void> {
    for (const [index, { options }] of ENTITIES.entries()) {
      const repository = this.source.getRepository<ObjectLiteral>(options.name);
      const rows = this.rows[index] ?? [];
      for (let at = 0; at < rows.length; at += CHUNK) {
        await repository.upsert(rows.slice(at, at + CHUNK), ['connector_id', 'user_id']);
      }
    }
  }

  close(): Promise<void> {
    return this.source.destroy();
  }
}
