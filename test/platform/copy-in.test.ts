import { CopyRows } from '../../src/platform/database/copy-in';
import { Database } from '../../src/platform/database/database';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const COLUMNS = { id: 'uuid', words: 'text', facts: 'jsonb', secret: 'bytea', at: 'timestamptz' } as const;
const ID = '0b6b7c52-3c0e-4a0e-9d8e-6e1f3d8c2a11';

describe('rows by COPY', () => {
  let place: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    place = await createTestDatabase();
    database = new Database(place.url);
  });
  beforeEach(() =>
    database.query('create table copied (id uuid, words text, facts jsonb, secret bytea, at timestamptz not null)'),
  );
  afterEach(() => database.query('drop table copied'));
  afterAll(async () => {
    await database.close();
    await place.drop();
  });

  const write = (rows: CopyRows): Promise<void> =>
    database.transaction(async (transaction) => {
      await rows.write(transaction);
    });

  it('stores each value as it was given', async () => {
    const given = [
      { id: ID, words: 'tab\tand\\N and\nJörg €😀', facts: { a: ['ü', 1, null] }, secret: Buffer.from([0, 255, 92]) },
      { id: ID, words: '', facts: [], secret: Buffer.alloc(0) },
      { id: null, words: null, facts: null, secret: null },
      // Letters in which only the last needs more than a byte.
      { id: ID, words: `${'a'.repeat(47)}é`, facts: 'z', secret: null },
      { id: ID, words: 'b'.repeat(49), facts: 'ä', secret: null },
      // More than the first room that is made for rows, three bytes a character.
      { id: ID, words: '€'.repeat(70_000), facts: {}, secret: Buffer.alloc(300_000, 7) },
    ];
    const times = [
      '2026-11-25T10:00:00.123Z',
      '2000-01-01T00:00:00.000Z',
      '1999-12-31T23:59:59.999Z',
      '2026-11-25T10:00:01.000Z',
      '2026-11-25T10:00:02.000Z',
      '0033-04-03T15:00:00.001Z',
    ];
    const rows = new CopyRows('copied', COLUMNS);
    for (const [index, { id, words, facts, secret }] of given.entries())
      rows.add([id, words, facts === null ? null : JSON.stringify(facts), secret, new Date(times[index] ?? '')]);
    expect(rows.count).toBe(6);
    await write(rows);
    const { rows: stored } = await database.query('select * from copied');
    expect(stored).toEqual(given.map((row, index) => ({ ...row, at: new Date(times[index] ?? '') })));
  });

  it('sends nothing where there is nothing', async () => {
    await write(new CopyRows('no_such_table', COLUMNS));
  });

  it('fails as a statement does, and the connection goes on', async () => {
    const rows = new CopyRows('copied', COLUMNS);
    rows.add([ID, 'no time', null, null, null]);
    await expect(write(rows)).rejects.toMatchObject({ code: '23502' });
    expect((await database.query('select * from copied')).rows).toEqual([]);
  });
});
