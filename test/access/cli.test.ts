import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { matchesSecret } from '../../src/access/secret-hash';
import { runCommandLine } from '../../src/cli/run-command-line';
import { Database } from '../../src/platform/database/database';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { addConnector, encryptionKeys } from './access-app';

const connectorId = randomUUID();
let testDatabase: TestDatabase;
let database: Database;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = new Database(testDatabase.url);
  await addConnector(database, connectorId);
  await database.query(
    `update connectors set state = 'active', zoom_account_id = 'z1', cloudlink_account_id = 'c1', name = 'Zürich'`,
  );
});

afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

interface Run {
  exitCode: number;
  out: string;
  err: string;
}

const environment = (changes: Record<string, string> = {}): Record<string, string> => ({
  DATABASE_URL: testDatabase.url,
  ENCRYPTION_KEYS: encryptionKeys.map((k) => k.key.toString('base64')).join(','),
  PUBLIC_URL: 'https://host.example',
  ZOOM_CLIENT_ID: 'zoom',
  ZOOM_CLIENT_SECRET: 'zoom-secret',
  CLOUDLINK_CLIENT_ID: 'cloudlink',
  ...changes,
});

/** The compiled program as an operator runs it. */
function cli(args: string[], changes: Record<string, string> = {}): Promise<Run> {
  const env = { PATH: process.env['PATH'], ...environment(changes) };
  return new Promise((resolve) => {
    execFile(process.execPath, [join(__dirname, '../../dist/src/cli.js'), ...args], { env }, (error, out, err) => {
      resolve({ exitCode: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

/** The same within this process: 0.3 s less. */
async function call(args: string[]): Promise<Run> {
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = await runCommandLine(args, {
    env: environment(),
    print: (text) => void out.push(text),
    tell: (text) => void err.push(text),
  });
  return { exitCode, out: out.join('\n'), err: err.join('\n') };
}

async function json(args: string[]): Promise<Record<string, unknown>> {
  const run = await cli([...args, '--json']);
  expect(run.err).toBe('');
  expect(run.exitCode).toBe(0);
  expect(run.out.trim().split('\n')).toHaveLength(1);
  return JSON.parse(run.out) as Record<string, unknown>;
}

describe('clients', () => {
  test('create prints id and secret once, list shows no secret, revoke ends it', async () => {
    const made = await json([
      'clients',
      'create',
      '--connector',
      connectorId.toUpperCase(),
      '--scope',
      'status:read credentials:read',
      '--name',
      'Zoom',
    ]);
    expect(made).toEqual({
      clientId: expect.any(String),
      clientSecret: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      connectorId,
      scope: 'status:read credentials:read',
    });
    const { rows } = await database.query<{ secret_hash: Buffer }>(
      'select secret_hash from api_clients where client_id = $1',
      [made['clientId']],
    );
    expect(matchesSecret(String(made['clientSecret']), rows[0]?.secret_hash ?? Buffer.alloc(0))).toBe(true);

    const listed = await json(['clients', 'list', '--connector', connectorId]);
    expect(listed).toEqual({
      items: [expect.objectContaining({ clientId: made['clientId'], name: 'Zoom', revokedAt: null })],
    });
    expect(JSON.stringify(listed)).not.toContain(made['clientSecret']);

    const revoked = await json(['clients', 'revoke', String(made['clientId'])]);
    expect(revoked).toMatchObject({ clientId: made['clientId'], revokedAt: expect.any(String) });
    const again = await json(['clients', 'revoke', String(made['clientId'])]);
    expect(again['revokedAt']).toBe(revoked['revokedAt']);
    const { rows: audit } = await database.query<{ action: string }>(
      'select action from audit_events where connector_id = $1 and subject = $2 order by event_id',
      [connectorId, made['clientId']],
    );
    expect(audit.map((event) => event.action)).toEqual(['client.created', 'client.revoked', 'client.revoked']);
  });

  test('for a person there is a text', async () => {
    const run = await cli(['clients', 'create', '--connector', connectorId, '--scope', 'sync:run']);
    expect(run).toMatchObject({ exitCode: 0, err: '' });
    expect(run.out).toMatch(/client secret {2}[A-Za-z0-9_-]{43}\n/);
  });
});

describe('marketplace clients', () => {
  test('create-marketplace prints id and secret once, list-marketplace shows no secret, revoke ends it', async () => {
    const uris = ['https://zoom.example/one', 'https://zoom.example/two'];
    const made = await json([
      'clients',
      'create-marketplace',
      ...uris.flatMap((uri) => ['--redirect-uri', uri]),
      '--scope',
      'status:read',
    ]);
    expect(made).toEqual({
      clientId: expect.stringMatching(/^zcm_/),
      clientSecret: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      redirectUris: uris,
      scope: 'status:read',
    });
    const { rows } = await database.query<{ secret_hash: Buffer }>(
      'select secret_hash from marketplace_clients where client_id = $1',
      [made['clientId']],
    );
    expect(matchesSecret(String(made['clientSecret']), rows[0]?.secret_hash ?? Buffer.alloc(0))).toBe(true);
    const listed = await json(['clients', 'list-marketplace']);
    expect(listed).toEqual({
      items: [
        expect.objectContaining({ clientId: made['clientId'], name: 'Zoom', redirectUris: uris, revokedAt: null }),
      ],
    });
    expect(JSON.stringify(listed)).not.toContain(made['clientSecret']);
    expect((await call(['clients', 'list-marketplace'])).out).toContain('https://zoom.example/two');

    const revoked = await json(['clients', 'revoke', String(made['clientId'])]);
    expect(revoked).toMatchObject({ clientId: made['clientId'], revokedAt: expect.any(String) });
    expect((await json(['clients', 'revoke', String(made['clientId'])]))['revokedAt']).toBe(revoked['revokedAt']);
  });

  test.each<[string, string[], number, string]>([
    [
      'an address that is not safe',
      ['--redirect-uri', 'http://zoom.example/', '--scope', 'status:read'],
      1,
      'invalid_request',
    ],
    ['no address', ['--scope', 'status:read'], 2, 'usage'],
    ['no scope', ['--redirect-uri', 'https://zoom.example/'], 2, 'usage'],
  ])('%s is refused', async (_, args, exitCode, code) => {
    const run = await call(['clients', 'create-marketplace', ...args, '--json']);
    expect(run).toMatchObject({ exitCode, out: '' });
    expect(JSON.parse(run.err)).toMatchObject({ code });
  });

  test('one that never was cannot be revoked', async () => {
    const run = await call(['clients', 'revoke', `zcm_${'0'.repeat(32)}`, '--json']);
    expect(JSON.parse(run.err)).toMatchObject({ code: 'not_found' });
  });
});

test('keys rotate-signing makes a key that signs in ten minutes, or at once', async () => {
  const current = async (): Promise<string[]> =>
    (
      await database.query<{ kid: string }>(
        'select kid from signing_keys where retired_at is null or retired_at > now() order by signs_from',
      )
    ).rows.map(({ kid }) => kid);
  const first = await json(['keys', 'rotate-signing']);
  expect(first).toEqual({ kid: expect.any(String), signsFrom: expect.any(String), atOnce: false });
  const wait = new Date(String(first['signsFrom'])).getTime() - Date.now();
  expect([wait > 540_000, wait <= 600_000]).toEqual([true, true]);
  expect(await current()).toEqual([first['kid']]);
  const second = await json(['keys', 'rotate-signing']);
  expect(await current()).toEqual([first['kid'], second['kid']]);
  const third = await json(['keys', 'rotate-signing', '--at-once']);
  expect(third).toMatchObject({ atOnce: true });
  expect(await current()).toEqual([third['kid']]);
  expect((await cli(['keys', 'rotate-signing'])).out).toMatch(/is published now and signs from/);
});

describe('connectors', () => {
  const expected = {
    id: connectorId,
    state: 'active',
    zoomAccountId: 'z1',
    cloudlinkAccountId: 'c1',
    membership: 'automatic',
    removalLimitPercent: 5,
    syncIntervalSeconds: 900,
    mobileCalling: true,
    name: 'Zürich',
    stateReason: null,
    stateSince: expect.any(String),
    deltaRefused: null,
    createdAt: expect.any(String),
  };

  test('list and show', async () => {
    expect(await json(['connectors', 'list'])).toEqual({ items: [expected] });
    expect(await json(['connectors', 'show', connectorId])).toEqual(expected);
    expect((await cli(['connectors', 'list'])).out).toContain(connectorId);
  });

  test('set', async () => {
    const isFullDue = async (): Promise<boolean> =>
      (await database.query('select from connectors where next_full_sync_at is null')).rowCount === 1;
    await database.query(`update connectors set next_full_sync_at = now() + interval '6 hours'`);
    await json(['connectors', 'set', connectorId, '--membership', 'automatic']);
    expect(await isFullDue()).toBe(false);
    expect(await json(['connectors', 'set', connectorId, '--membership', 'chosen', '--name', 'Bern'])).toMatchObject({
      membership: 'chosen',
      name: 'Bern',
    });
    // Other users belong to it now, whom CloudLink has not changed.
    expect(await isFullDue()).toBe(true);
    expect(await json(['connectors', 'set', connectorId, '--membership', 'automatic', '--name', 'Zürich'])).toEqual(
      expected,
    );
  });

  test('set the removal limit', async () => {
    const set = (limit: string): Promise<Record<string, unknown>> =>
      json(['connectors', 'set', connectorId, '--removal-limit', limit]);
    const stored = async (): Promise<unknown> =>
      (await database.query('select removal_limit_percent as n from connectors where connector_id = $1', [connectorId]))
        .rows[0];
    expect(await set('20')).toEqual({ ...expected, removalLimitPercent: 20 });
    expect(await stored()).toEqual({ n: 20 });
    expect(await set('0 %')).toMatchObject({ removalLimitPercent: 0 });
    expect(await set('default')).toEqual(expected);
    expect(await stored()).toEqual({ n: null });
    const { rows } = await database.query<{ details: unknown }>(
      `select details from audit_events where connector_id = $1 and details ? 'removalLimitPercent' order by at, event_id`,
      [connectorId],
    );
    expect(rows.map((row) => row.details)).toEqual([
      { removalLimitPercent: 20, removalLimitPercentBefore: null },
      { removalLimitPercent: 0, removalLimitPercentBefore: 20 },
      { removalLimitPercent: null, removalLimitPercentBefore: 0 },
    ]);
  });

  test('set the sync interval and mobile calling', async () => {
    const set = (...options: string[]): Promise<Record<string, unknown>> =>
      json(['connectors', 'set', connectorId, ...options]);
    await database.query(`update connectors set next_sync_at = now() + interval '1 day'`);
    expect(await set('--sync-interval', '5m', '--mobile-calling', 'off')).toEqual({
      ...expected,
      syncIntervalSeconds: 300,
      mobileCalling: false,
    });
    const { rowCount } = await database.query(
      `select from connectors where next_sync_at < now() + interval '6 minutes' and sync_interval_seconds = 300`,
    );
    expect(rowCount).toBe(1);
    expect(await set('--sync-interval', 'default', '--mobile-calling', 'on')).toEqual(expected);
    const { rows } = await database.query<{ actor: string; details: unknown }>(
      `select actor_id as actor, details from audit_events where connector_id = $1 and details ? 'mobileCalling' order by event_id`,
      [connectorId],
    );
    expect(rows).toEqual([
      {
        actor: expect.stringMatching(/^cli:/),
        details: {
          syncIntervalSeconds: 300,
          syncIntervalSecondsBefore: null,
          mobileCalling: false,
          mobileCallingBefore: true,
        },
      },
      expect.anything(),
    ]);
  });
});

test('users are added and taken out by hand, however often', async () => {
  const args = ['--connector', connectorId, '--email', 'Jörg@Example.com', '--json'];
  for (const command of ['add', 'add', 'remove']) {
    const run = await call(['users', command, ...args]);
    expect(run).toMatchObject({ exitCode: 0, err: '' });
    expect(JSON.parse(run.out)).toMatchObject({ connectorId, email: 'Jörg@Example.com' });
    const { rows } = await database.query('select membership from integrated_users where connector_id = $1', [
      connectorId,
    ]);
    expect(rows).toEqual([{ membership: command === 'add' ? 'chosen' : 'automatic' }]);
  }
  expect(JSON.parse((await call(['users', 'remove', ...args])).err)).toMatchObject({ code: 'not_found' });
});

test('sync asks for a run, and a second time joins it', async () => {
  const run = await json(['sync', '--connector', connectorId]);
  expect(run).toMatchObject({ connectorId, state: 'queued', trigger: 'manual' });
  expect((await json(['sync', '--connector', connectorId]))['id']).toBe(run['id']);
  const followed = await cli(['sync', '--connector', connectorId, '--follow', '--timeout', '1', '--json']);
  expect(followed.exitCode).toBe(1);
  expect(JSON.parse(followed.err)).toMatchObject({ code: 'unavailable' });
  await database.query(`update sync_runs set state = 'succeeded'`);
  await database.query('update connectors set delta_from = now()');
  expect(await json(['sync', '--connector', connectorId, '--delta'])).toMatchObject({ state: 'queued', mode: 'delta' });
});

test('migrate has nothing to do here', async () => {
  expect(await json(['migrate'])).toEqual({ applied: [] });
});

describe('failures', () => {
  const unknown = randomUUID();

  test.each<[string, string[], number, string, RegExp]>([
    [
      'unknown connector',
      ['clients', 'create', '--connector', unknown, '--scope', 'sync:run'],
      1,
      'not_found',
      /no such connector/,
    ],
    ['unknown connector of a list', ['clients', 'list', '--connector', unknown], 1, 'not_found', /no such connector/],
    ['unknown client', ['clients', 'revoke', 'zcc_x'], 1, 'not_found', /no such client/],
    [
      'malformed connector id',
      ['clients', 'list', '--connector', 'abc'],
      2,
      'usage',
      /--connector.*'abc'.*id of a connector/,
    ],
    ['malformed connector id to show', ['connectors', 'show', 'abc'], 2, 'usage', /'id'.*id of a connector/],
    [
      'unknown scope',
      ['clients', 'create', '--connector', unknown, '--scope', 'admin'],
      2,
      'usage',
      /status:read credentials:read/,
    ],
    ['no scope', ['clients', 'create', '--connector', unknown, '--scope', ' '], 2, 'usage', /--scope/],
    ['scope left out', ['clients', 'create', '--connector', unknown], 2, 'usage', /--scope/],
    [
      'long name',
      ['clients', 'create', '--connector', connectorId, '--scope', 'sync:run', '--name', 'x'.repeat(101)],
      1,
      'invalid_request',
      /100 characters/,
    ],
    ['wrong choice', ['connectors', 'set', connectorId, '--membership', 'some'], 2, 'usage', /automatic, chosen/],
    [
      'nothing to set',
      ['connectors', 'set', connectorId],
      1,
      'invalid_request',
      /--membership, --name, .* or --mobile-calling/,
    ],
    ['limit over half', ['connectors', 'set', connectorId, '--removal-limit', '51'], 2, 'usage', /0 to 50/],
    ['sync interval too short', ['connectors', 'set', connectorId, '--sync-interval', '4m'], 2, 'usage', /5m to 24h/],
    ['name of two lines', ['connectors', 'set', connectorId, '--name', 'a\nb'], 2, 'usage', /control characters/],
    ['limit that is no number', ['connectors', 'set', connectorId, '--removal-limit', 'all'], 2, 'usage', /0 to 50/],
    ['no email', ['users', 'add', '--connector', connectorId, '--email', 'x'], 1, 'invalid_request', /email/],
    [
      'user of an unknown connector',
      ['users', 'add', '--connector', unknown, '--email', 'a@b.c'],
      1,
      'not_found',
      /no such connector/,
    ],
    ['unknown command', ['conectors'], 2, 'usage', /unknown command/],
    ['unknown option', ['migrate', '--force'], 2, 'usage', /--force/],
    ['too many arguments', ['connectors', 'list', 'x'], 2, 'usage', /too many arguments/],
  ])('%s', async (_, args, exitCode, code, message) => {
    const run = await call([...args, '--json']);
    expect(run.out).toBe('');
    expect(run.exitCode).toBe(exitCode);
    expect(JSON.parse(run.err)).toEqual({ code, message: expect.stringMatching(message) });
  });

  test('exit codes and stderr reach the shell', async () => {
    const usage = await cli(['clients', 'list', '--json']);
    expect(usage).toMatchObject({ exitCode: 2, out: '' });
    expect(JSON.parse(usage.err)).toMatchObject({ code: 'usage' });
    const sync = await cli(['sync', '--connector', unknown, '--json']);
    expect(sync).toMatchObject({ exitCode: 1, out: '' });
    expect(JSON.parse(sync.err)).toMatchObject({ code: 'not_found' });
  });

  test('without --json it is one sentence, no stack', async () => {
    const run = await cli(['connectors', 'show', unknown]);
    expect(run).toEqual({ exitCode: 1, out: '', err: 'There is no such connector.\n' });
  });

  test('a database that is away, or has no tables', async () => {
    const away = await cli(['clients', 'list', '--connector', unknown], {
      DATABASE_URL: 'postgres://u:secret-word@127.0.0.1:1/x',
    });
    expect(away).toMatchObject({ exitCode: 1, out: '' });
    expect(away.err).toMatch(/^The database cannot be reached/);
    const empty = new URL(testDatabase.url);
    empty.pathname = '/postgres';
    const bare = await cli(['connectors', 'list'], { DATABASE_URL: empty.toString() });
    expect(bare.err).toMatch(/npm run migrate/);
  });

  test('a wrong configuration is named without its value', async () => {
    const run = await cli(['connectors', 'list'], { ENCRYPTION_KEYS: 'not-a-key-but-secret' });
    expect(run.exitCode).toBe(1);
    expect(run.err).toContain('ENCRYPTION_KEYS');
    expect(run.err).not.toContain('not-a-key-but-secret');
  });

  test('a group without a command shows its commands', async () => {
    const run = await call(['clients']);
    expect(run).toMatchObject({ exitCode: 2, out: '' });
    expect(run.err).toContain('revoke');
    expect((await call(['clients', '--help'])).out).toContain('revoke');
  });
});
