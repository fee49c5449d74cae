import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startSandbox, type RunningSandbox } from '../../sandbox/server';
import { walkConnect } from '../../sandbox/walkthrough';
import { Database } from '../../src/platform/database/database';
import { until } from '../support/program';
import { spawnProgram, type SpawnedProgram } from '../support/spawn-program';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const ENCRYPTION_KEYS = Buffer.alloc(32, 5).toString('base64');
const root = join(__dirname, '..', '..');

/** One program, several processes on one database. */
describe('roles', () => {
  let place: TestDatabase;
  let database: Database;
  let sandbox: RunningSandbox;
  const processes: SpawnedProgram[] = [];

  beforeEach(async () => {
    place = await createTestDatabase();
    database = new Database(place.url, { max: 2 });
    sandbox = await startSandbox({ port: 0, users: 30 });
  });
  afterEach(async () => {
    for (const one of processes.splice(0)) await one.kill('SIGKILL');
    await sandbox.stop();
    await database.close();
    await place.drop();
  });

  async function start(ROLE: string): Promise<SpawnedProgram> {
    const one = await spawnProgram(place.url, sandbox, { ENCRYPTION_KEYS, ROLE });
    processes.push(one);
    return one;
  }

  async function tokenFor(api: SpawnedProgram, connectorId: string): Promise<string> {
    const cli = [join(root, 'dist', 'src', 'cli.js'), 'clients', 'create', '--connector', connectorId];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [...cli, '--scope', 'status:read sync:run', '--json'],
      { cwd: root, env: api.env },
    );
    const { clientId, clientSecret } = JSON.parse(stdout) as { clientId: string; clientSecret: string };
    const response = await fetch(`${api.url}/oauth2/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'status:read sync:run' }),
    });
    return ((await response.json()) as { access_token: string }).access_token;
  }

  it('an API process answers and works on nothing; a worker works and answers operators only', async () => {
    const api = await start('api');
    expect((await walkConnect({ publicUrl: api.url })).status).toBe(200);
    const { rows } = await database.query<{ id: string }>('select connector_id as id from connectors');
    const connectorId = rows[0]?.id ?? '';
    const headers = { authorization: `Bearer ${await tokenFor(api, connectorId)}` };
    const states = async (): Promise<string[]> =>
      (await database.query<{ state: string }>('select state from sync_runs')).rows.map(({ state }) => state);
    const jobs = async (): Promise<number> =>
      Number((await database.query(`select count(*) as n from graphile_worker.jobs where attempts = 0`)).rows[0]?.n);
    const sync = await fetch(`${api.url}/v1/connectors/${connectorId}/sync`, { method: 'POST', headers });
    expect(sync.status).toBe(202);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect([await states(), (await jobs()) > 0]).toEqual([['queued'], true]);

    const worker = await start('worker');
    await until('the worker to sync', async () => ((await states()).includes('succeeded') ? true : undefined));
    await until('the jobs to be done', async () => ((await jobs()) === 0 ? true : undefined));
    await until('its log', async () => (worker.output().includes('sync run ended') ? true : undefined));
    expect(api.output()).not.toContain('sync run started');
    for (const path of ['/oauth/zoom/start', `/v1/connectors/${connectorId}`, '/docs', '/webhooks/zoom']) {
      const answer = await fetch(`${worker.url}${path}`, { headers });
      expect([path, answer.status, await answer.text()]).toEqual([path, 404, expect.stringContaining('ROLE=worker')]);
    }
    for (const path of ['/health/live', '/health/ready', '/metrics'])
      expect([path, (await fetch(`${worker.url}${path}`)).status]).toEqual([path, 200]);
    const users = await fetch(`${api.url}/v1/connectors/${connectorId}/users?limit=1`, { headers });
    expect([users.status, ((await users.json()) as { items: unknown[] }).items.length]).toEqual([200, 1]);
  });
});
