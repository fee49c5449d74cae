import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type RunningSandbox, type SandboxOptions } from './server';
import { SandboxClient, tokensOf } from './testing/client';

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

  it('forgets grants without a file', async () => {
    const first = await start();
    const { refreshToken } = await new SandboxClient(first).zoomLogin();
    await first.stop();
    const second = await start();
    expect((await new SandboxClient(second).refreshZoom(refreshToken)).status).toBe(400);
  });

  it('says so when the file is damaged', async () => {
    const damaged = join(folder, 'damaged.json');
    writeFileSync(damaged, '{"version":1,"families":[{}]}');
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
