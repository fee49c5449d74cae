import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../../src/cli/run-command-line';
import { Database } from '../../src/platform/database/database';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

describe('users import', () => {
  const connectorId = randomUUID();
  let test: TestDatabase;
  let database: Database;
  let folder: string;
  beforeAll(async () => {
    test = await createTestDatabase();
    database = new Database(test.url);
    folder = await mkdtemp(join(tmpdir(), 'import-'));
    await database.query(`insert into connectors (connector_id, membership) values ($1, 'chosen')`, [connectorId]);
  });
  afterAll(async () => {
    await database.close();
    await test.drop();
    await rm(folder, { recursive: true });
  });

  async function cli(file: string, ...args: string[]): Promise<{ exitCode: number; out: string; err: string }> {
    const [out, err]: [string[], string[]] = [[], []];
    const exitCode = await runCommandLine(['users', 'import', '--connector', connectorId, '--file', file, ...args], {
      env: {
        DATABASE_URL: test.url,
        ENCRYPTION_KEYS: randomBytes(32).toString('base64'),
        PUBLIC_URL: 'https://host.example',
        ZOOM_CLIENT_ID: 'zoom',
        ZOOM_CLIENT_SECRET: 'zoom-secret',
        CLOUDLINK_CLIENT_ID: 'cloudlink',
      },
      print: (text) => void out.push(text),
      tell: (text) => void err.push(text),
    });
    return { exitCode, out: out.join('\n'), err: err.join('\n') };
  }

  it('adds the users of a file of this machine, with a look before', async () => {
    const file = join(folder, 'users.csv');
    await writeFile(file, 'E-Mail;Name\na@b.de;A\nb@b.de;B\nnobody;C\n');
    const look = await cli(file, '--dry-run');
    expect([look.exitCode, look.out]).toEqual([
      0,
      'LINE  COLUMN  VALUE   RULE\n4     E-Mail  nobody  This is not an email address.\nNothing has changed. It would be: 2 added, 0 pinned, 0 there already, 0 removed, 0 released, 0 not there.\n3 lines, 1 invalid, 0 more than once.',
    ]);
    expect((await cli(file)).exitCode).toBe(1);
    expect((await database.query('select from integrated_users')).rowCount).toBe(0);
    const done = await cli(file, '--skip-invalid', '--json');
    expect([done.exitCode, JSON.parse(done.out)]).toMatchObject([0, { applied: true, added: 2, invalid: 1 }]);
    const { rows } = await database.query(`select actor_id from audit_events where action = 'users.imported'`);
    expect(rows).toEqual([{ actor_id: expect.stringMatching(/^cli:/) }]);
  });

  it('says that there is no such file', async () => {
    const { exitCode, out, err } = await cli(join(folder, 'nowhere.csv'));
    expect([exitCode, out]).toEqual([1, '']);
    expect(err).toContain('nowhere.csv');
  });
});
