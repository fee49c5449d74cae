import { UsersApp } from './users-app';
import { upload, usersNow, type ImportAnswer } from './import-support';

describe('an import of users', () => {
  let users: UsersApp;
  const send = (file: string | Buffer, query = '', headers: Record<string, string> = {}): Promise<ImportAnswer> =>
    upload(users, file, query, headers);

  beforeAll(async () => {
    users = await UsersApp.start();
  });
  afterAll(() => users.stop());
  beforeEach(async () => {
    await users.database.query('delete from integrated_users');
    await users.database.query(
      `update connectors set membership = 'chosen', next_full_sync_at = now() + interval '6 hours'`,
    );
  });

  it('adds the users of a file once, however often it is sent', async () => {
    const file = 'E-Mail;Abteilung\r\n Erika@Example.com ;"a; b"\r\nmax@example.com;\r\n';
    const { status, body } = await send(file);
    expect([status, body]).toEqual([
      200,
      {
        dryRun: false,
        applied: true,
        at: expect.any(String),
        membership: 'chosen',
        usable: true,
        lines: 2,
        added: 2,
        pinned: 0,
        alreadyThere: 0,
        removed: 0,
        released: 0,
        notThere: 0,
        duplicates: 0,
        invalid: 0,
        problems: [],
        problemsCut: false,
        encoding: 'utf-8',
        separator: 'semicolon',
        ignoredColumns: ['Abteilung'],
      },
    ]);
    expect(await usersNow(users)).toEqual([
      ['erika@example.com', 'chosen', 'pending'],
      ['max@example.com', 'chosen', 'pending'],
    ]);
    expect((await send(file)).body).toMatchObject({ applied: true, added: 0, alreadyThere: 2 });
    expect(await usersNow(users)).toHaveLength(2);
  });
});
