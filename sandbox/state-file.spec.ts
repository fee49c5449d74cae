import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type RunningSandbox, type SandboxOptions } from './server';
import { SandboxClient, tokensOf } from './testing/client';
import { cloudlinkCall } from './testing/cloudlink-service';

const running: RunningSandbox[] = [];

/** Stopped after each test, also after one that failed. */
async function start(options: Partial<SandboxOptions> = {}): Promise<RunningSandbox> {
  const sandbox = await startSandbox({ port: 0, users: 5, ...options });
  running.push(sandbox);
  return sandbox;
}

afterEach(() => Promise.all(running.splice(0).map((sandbox) => sandbox.stop())));

describe('the state file', () => {
  let folder: string;
  let stateFile: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-state-'));
    stateFile = join(folder, 'deep', 'state.json');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps grants and access tokens over a restart, and used refresh tokens stay used', async () => {
    const first = await start({ stateFile });
    const before = new SandboxClient(first);
    const old = await before.zoomLogin();
    const zoom = tokensOf(await before.refreshZoom(old.refreshToken));
    const cloudlink = await before.cloudlinkLogin();
    await first.stop();

    const second = await start({ stateFile });
    const after = new SandboxClient(second);
    expect((await after.zoomGet('/users/me', zoom.accessToken)).status).toBe(200);
    expect((await after.refreshZoom(old.refreshToken)).status).toBe(400);
    expect((await after.refreshZoom(zoom.refreshToken)).status).toBe(200);
    expect((await after.cloudlinkGet('/2017-09-01/accounts', cloudlink.accessToken)).status).toBe(200);
    expect(readdirSync(join(folder, 'deep'))).toEqual(['state.json']);
    expect(statSync(stateFile).mode & 0o777).toBe(0o600);
  });

  it('keeps service clients and subscriptions, and no secret in clear', async () => {
    const first = await start({ stateFile });
    const { accessToken: token } = await new SandboxClient(first).cloudlinkLogin();
    const path = '/2017-09-01/accounts/c1000000-0000-4000-8000-000000000001/clients';
    const asked = { type: 'APP', role: 'ACCOUNT_ADMIN' };
    const { body } = await cloudlinkCall(first, 'cloudlinkAdmin', { method: 'POST', path, token, body: asked });
    const credentials = { client_id: String(body['clientId']), client_secret: String(body['clientSecret']) };
    const grant = { grant_type: 'client_credentials', account_id: '700100001', ...credentials };
    const subscription = { applicationId: 'a', deviceId: 'http://127.0.0.1:9/', transport: 'webhook', topic: 't' };
    const subscriptions = { path: '/2017-09-01/subscriptions', token };
    const made = await cloudlinkCall(first, 'cloudlinkNotifications', {
      ...subscriptions,
      method: 'POST',
      body: subscription,
    });
    const early = (await new SandboxClient(first).cloudlinkToken(grant)).body['access_token'];
    await first.stop();
    expect(readFileSync(stateFile, 'utf8')).not.toContain(credentials.client_secret);

    const second = await start({ stateFile });
    const after = new SandboxClient(second);
    expect((await after.cloudlinkToken(grant)).status).toBe(200);
    expect((await after.cloudlinkGet('/2017-09-01/accounts', String(early))).status).toBe(200);
    const kept = await cloudlinkCall(second, 'cloudlinkNotifications', { ...subscriptions, method: 'GET' });
    expect(kept.body).toMatchObject({ _embedded: { items: [made.body] } });
  });

  it('reads files of version 1, which had families only', async () => {
    const first = await start({ stateFile });
    const { refreshToken } = await new SandboxClient(first).zoomLogin();
    await first.stop();
    const { families } = JSON.parse(readFileSync(stateFile, 'utf8')) as { families: unknown };
    writeFileSync(stateFile, JSON.stringify({ version: 1, families }));
    const second = await start({ stateFile });
    expect(second.control.serviceClients()).toEqual([]);
    expect((await new SandboxClient(second).refreshZoom(refreshToken)).status).toBe(200);
    expect(JSON.parse(readFileSync(stateFile, 'utf8'))).toMatchObject({ version: 2, serviceClients: [] });
  });

  it('forgets grants without a file', async () => {
    const first = await start();
    const { refreshToken } = await new SandboxClient(first).zoomLogin();
    await first.stop();
    const second = await start();
    expect((await new SandboxClient(second).refreshZoom(refreshToken)).status).toBe(400);
  });

  it.each([
    '{"version":1,"families":[{}]}',
    '{"version":2,"families":[],"serviceClients":[{}]}',
    '{"version":2,"families":[],"subscriptions":[{}]}',
    '{"version":3,"families":[]}',
  ])('says so when the file is damaged: %s', async (text) => {
    const damaged = join(folder, 'damaged.json');
    writeFileSync(damaged, text);
    await expect(start({ stateFile: damaged })).rejects.toThrow(/damaged\.json is damaged: delete it/);
  });
});

describe('startSandbox', () => {
  it('explains a port that is taken', async () => {
    const first = await start();
    await expect(start({ port: first.port })).rejects.toThrow(
      `Port ${first.port} on 127.0.0.1 is taken by another program: stop it, or set SANDBOX_PORT to a free port.`,
    );
  });

  it('listens on loopback only', async () => {
    await expect(start({ host: '0.0.0.0' })).rejects.toThrow('loopback');
  });

  it('stops although somebody waits for a slow answer', async () => {
    const sandbox = await start();
    sandbox.control.setFault({ kind: 'zoom.users', fault: 'slow', ms: 60_000 });
    const waiting = fetch(`${sandbox.urls.zoomApi}/users`).catch((error: Error) => error.message);
    while (sandbox.control.requests().counts['zoom.users'] === undefined)
      await new Promise((resolve) => setTimeout(resolve, 5));
    await sandbox.stop();
    expect(await waiting).toBe('fetch failed');
  });
});
