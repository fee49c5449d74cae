import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { Database } from '../../src/platform/database/database';
import { addConnector, encryptionKeys } from '../access/access-app';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

interface Item {
  action: string;
  actor: { kind: string; id: string };
  subject: string;
  details: Record<string, unknown>;
}

describe('the command line and the audit', () => {
  const connectorId = randomUUID();
  let place: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    place = await createTestDatabase();
    database = new Database(place.url, { max: 2 });
    await addConnector(database, connectorId);
    await database.query(`update connectors set state = 'active', name = 'Zürich'`);
  });
  afterAll(async () => {
    await database.close();
    await place.drop();
  });

  /** The compiled program, as an operator runs it. */
  function cli(...args: string[]): Promise<{ exitCode: number; out: string; err: string }> {
    const env = {
      PATH: process.env['PATH'],
      DATABASE_URL: place.url,
      ENCRYPTION_KEYS: encryptionKeys.map((k) => k.key.toString('base64')).join(','),
      PUBLIC_URL: 'https://host.example',
      ZOOM_CLIENT_ID: 'zoom',
      ZOOM_CLIENT_SECRET: 'zoom-secret',
      CLOUDLINK_CLIENT_ID: 'cloudlink',
    };
    const program = join(__dirname, '../../dist/src/cli.js');
    return new Promise((resolve) => {
      execFile(process.execPath, [program, ...args], { env }, (error, out, err) => {
        resolve({ exitCode: typeof error?.code === 'number' ? error.code : 0, out: out.trimEnd(), err });
      });
    });
  }
  const events = async (): Promise<Item[]> =>
    (JSON.parse((await cli('audit', '--connector', connectorId, '--json')).out) as { items: Item[] }).items;

  it('has nothing to show at first, and says so', async () => {
    expect(await cli('audit', '--connector', connectorId)).toMatchObject({
      exitCode: 0,
      out: 'Nothing has been recorded for this connector.',
    });
  });

  it('records what an operator does, in the name of the operator', async () => {
    const email = 'erika@example.com';
    await cli('connectors', 'set', connectorId, '--membership', 'chosen', '--name', 'Zürich');
    await cli('users', 'add', '--connector', connectorId, '--email', email);
    await cli('users', 'remove', '--connector', connectorId, '--email', email);
    await cli('sync', '--connector', connectorId);
    const made = await cli('clients', 'create', '--connector', connectorId, '--scope', 'sync:run', '--json');
    const { clientId } = JSON.parse(made.out) as { clientId: string };
    await cli('clients', 'revoke', clientId);
    const items = await events();
    expect(items.map(({ action, subject }) => [action, subject])).toEqual([
      ['client.revoked', clientId],
      ['client.created', clientId],
      ['sync.started', expect.stringMatching(/^[0-9a-f-]{36}$/)],
      ['user.unchosen', email],
      ['user.chosen', email],
      ['connector.changed', ''],
    ]);
    expect(items.at(-1)?.details).toEqual({ membership: 'chosen', membershipBefore: 'automatic' });
    expect(new Set(items.map(({ actor }) => `${actor.kind} ${actor.id}`))).toEqual(
      new Set([`admin cli:${userInfo().username}`]),
    );
  });

  it('records no change that is none, and neither changes nor records what it cannot record', async () => {
    const before = await events();
    await cli('connectors', 'set', connectorId, '--membership', 'chosen', '--name', 'Zürich');
    expect(await events()).toEqual(before);
    await database.query('alter table audit_events add constraint full_disk check (event_id < 1) not valid');
    const failed = await cli('connectors', 'set', connectorId, '--name', 'Bern');
    await database.query('alter table audit_events drop constraint full_disk');
    expect([failed.exitCode, failed.err]).toEqual([1, expect.stringContaining('full_disk')]);
    expect((await database.query('select name from connectors')).rows).toEqual([{ name: 'Zürich' }]);
  });

  it('shows a line per event to a person, as many as asked for', async () => {
    const { out } = await cli('audit', '--connector', connectorId, '--limit', '2');
    const lines = out.split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^AT +ACTION +ACTOR +SUBJECT +ZOOM +MITEL +DETAILS$/);
    expect(lines[1]).toMatch(/^\d{4}-\d\d-\d\dT\S+ {2}client\.revoked {2}admin cli:\S+ +zcc_/);
  });

  it('outlives the connector, but knows one that never was', async () => {
    await database.query('delete from connectors where connector_id = $1', [connectorId]);
    expect((await events()).length).toBeGreaterThan(0);
    const unknown = await cli('audit', '--connector', randomUUID(), '--json');
    expect([unknown.exitCode, JSON.parse(unknown.err)]).toMatchObject([1, { code: 'not_found' }]);
    expect((await cli('audit', '--connector', connectorId, '--limit', '0')).exitCode).toBe(2);
  });
});
