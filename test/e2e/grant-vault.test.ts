import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { HttpService } from '@nestjs/axios';
import pino from 'pino';
import { GrantListener } from '../../src/oauth/grant-listener';
import { CloudLinkTokenEndpoint } from '../../src/oauth/cloudlink-token.endpoint';
import { GrantStore } from '../../src/oauth/grant.store';
import { ZoomTokenEndpoint } from '../../src/oauth/zoom-token.endpoint';
import { SystemClock } from '../../src/platform/clock/clock';
import { ConnectorCiphers } from '../../src/platform/crypto/connector-cipher';
import { Database } from '../../src/platform/database/database';
import { RemoteHttp } from '../../src/platform/remote/remote-http';
import { GrantVault } from '../../src/oauth/grant-vault';
import type { Provider } from '../../src/oauth/provider';
import { startProgram, type Program } from '../support/program';

/** Tokens against the sandbox's real token endpoints. */
describe('the grant vault', () => {
  let program: Program;
  let connectorId: string;
  let vault: GrantVault;

  beforeEach(async () => {
    // Without a worker: no job asks for tokens in between.
    program = await startProgram({ users: 10, role: 'api' });
    await program.connect();
    connectorId = (await program.connectorIds())[0] ?? '';
    vault = program.app.get(GrantVault);
    program.sandbox.control.clearRequests();
  });
  afterEach(() => program.stop());

  const grantId = async (provider: Provider): Promise<string> =>
    (await program.database.query<{ id: string }>('select grant_id as id from grants where provider = $1', [provider]))
      .rows[0]?.id ?? '';
  const expireSoon = (provider: Provider): Promise<unknown> =>
    program.database.query(`update grants set expires_at = now() + interval '4 minutes' where provider = $1`, [
      provider,
    ]);
  const refreshes = (provider: Provider): number => program.sandbox.control.requests().counts[`${provider}.token`] ?? 0;
  const stateOf = async (): Promise<unknown> =>
    (await program.database.query('select state, state_reason from connectors')).rows[0];

  it('gives the stored token while it is fresh, without asking anybody', async () => {
    const id = await grantId('zoom');
    expect(await vault.accessToken(connectorId, id)).toBe(await vault.accessToken(connectorId, id));
    expect(refreshes('zoom')).toBe(0);
  });

  it.each(['zoom', 'cloudlink'] as const)(
    'eight concurrent calls in two processes make one refresh at %s',
    async (provider) => {
      const id = await grantId(provider);
      await expireSoon(provider);
      const workers = await Promise.all([runWorker(program, connectorId, id), runWorker(program, connectorId, id)]);
      expect(workers[0]?.tokens).toHaveLength(1);
      expect(workers[1]).toEqual(workers[0]);
      expect(refreshes(provider)).toBe(1);
      expect(await vault.accessToken(connectorId, id)).toBe(workers[0]?.tokens[0]);
    },
  );

  it('refreshes once when the provider refuses a token that looked fresh', async () => {
    const id = await grantId('zoom');
    const old = await vault.accessToken(connectorId, id);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => vault.accessToken(connectorId, id, { rejected: old })),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).not.toBe(old);
    expect(refreshes('zoom')).toBe(1);
  });

  it('keeps the old refresh token when the answer brings none', async () => {
    const id = await grantId('cloudlink');
    program.sandbox.control.setFault({ kind: 'cloudlink.token', fault: 'no-refresh-token' });
    for (let round = 0; round < 2; round += 1) {
      await expireSoon('cloudlink');
      await vault.accessToken(connectorId, id);
    }
    expect(refreshes('cloudlink')).toBe(2);
    expect(await stateOf()).toMatchObject({ state: 'active' });
  });

  it.each(['zoom', 'cloudlink'] as const)(
    'ends a grant of %s that the provider has revoked, and forgets its tokens',
    async (provider) => {
      const id = await grantId(provider);
      await expireSoon(provider);
      program.sandbox.control.revokeTokens(provider);
      await expect(vault.accessToken(connectorId, id)).rejects.toMatchObject({ code: 'reauthorization_required' });
      const { rows } = await program.database.query(
        'select state, dead_reason, access_token, refresh_token from grants where grant_id = $1',
        [id],
      );
      expect(rows).toEqual([{ state: 'dead', dead_reason: 'invalid_grant', access_token: null, refresh_token: null }]);
      expect(await stateOf()).toMatchObject({
        state: 'reauthorization_required',
        state_reason: `${provider}_grant_dead: invalid_grant`,
      });
      const asked = refreshes(provider);
      await expect(vault.accessToken(connectorId, id)).rejects.toMatchObject({ code: 'reauthorization_required' });
      expect(refreshes(provider)).toBe(asked);
    },
  );

  it.each([
    ['cloudlink', 401],
    ['cloudlink', 403],
    ['cloudlink', 400],
    ['zoom', 401],
    ['zoom', 403],
  ] as const)('a page of something in between %s and us with HTTP %i never ends a grant', async (provider, status) => {
    const id = await grantId(provider);
    await program.database.query(`update grants set expires_at = now()`);
    program.sandbox.control.setFault({ kind: `${provider}.token`, fault: 'html', status, times: 1 });
    await expect(vault.accessToken(connectorId, id)).rejects.toMatchObject({ retryable: true });
    expect(refreshes(provider)).toBe(1);
    expect(await stateOf()).toMatchObject({ state: 'active' });
    expect(await vault.accessToken(connectorId, id)).toEqual(expect.any(String));
  });

  it('another admin’s standby takes over when the active grant dies, and the connector stays active', async () => {
    await program.connect({ order: 'cloudlink-first', cloudlinkPerson: 'one.second-admin' });
    await program.database.query(`update grants set expires_at = now() where state = 'active'`);
    program.sandbox.control.revokeTokens('cloudlink', 'one.account-admin');
    const { grantId: dying } = await vault.active(connectorId, 'cloudlink');
    await expect(vault.accessToken(connectorId, dying)).rejects.toMatchObject({ retryable: true });
    expect(await stateOf()).toEqual({ state: 'active', state_reason: null });
    const successor = await vault.active(connectorId, 'cloudlink');
    expect(successor.grantId).not.toBe(dying);
    expect(await successor.tokens.accessToken()).toEqual(expect.any(String));
    const { rows } = await program.database.query<{ action: string }>(
      `select action from audit_events where action like 'grant.%' order by event_id desc limit 2`,
    );
    expect(rows.map((row) => row.action)).toEqual(['grant.switched', 'grant.died']);
  });

  it('says which sides are dead until each has been authorised again', async () => {
    await program.database.query(`update grants set expires_at = now()`);
    program.sandbox.control.revokeTokens('zoom');
    program.sandbox.control.revokeTokens('cloudlink');
    for (const provider of ['zoom', 'cloudlink'] as const) {
      await expect(vault.accessToken(connectorId, await grantId(provider))).rejects.toMatchObject({
        code: 'reauthorization_required',
      });
    }
    expect(await stateOf()).toEqual({
      state: 'reauthorization_required',
      state_reason: 'zoom_grant_dead: invalid_grant; cloudlink_grant_dead: invalid_grant',
    });
    // Zoom only: the page leads on to CloudLink, where the admin declines.
    const half = await program.connect({ decline: 'cloudlink', zoomPerson: 'one.admin' });
    expect(half.status).toBe(403);
    expect(await stateOf()).toEqual({
      state: 'reauthorization_required',
      state_reason: 'cloudlink_grant_dead: invalid_grant',
    });
    expect((await program.connect({ order: 'cloudlink-first', cloudlinkPerson: 'one.second-admin' })).html).toContain(
      'Connected',
    );
    expect(await stateOf()).toEqual({ state: 'active', state_reason: null });
  });

  it('a lost answer after rotation ends in reauthorisation, not in endless retries', async () => {
    const id = await grantId('zoom');
    await program.database.query(`update grants set expires_at = now() - interval '1 minute' where provider = 'zoom'`);
    program.sandbox.control.setFault({ kind: 'zoom.token', fault: 'lost-answer', times: 1 });
    await expect(vault.accessToken(connectorId, id)).rejects.toMatchObject({
      code: 'provider_unavailable',
      retryable: true,
    });
    expect(await stateOf()).toMatchObject({ state: 'active' });
    await expect(vault.accessToken(connectorId, id)).rejects.toMatchObject({ code: 'reauthorization_required' });
    expect(refreshes('zoom')).toBe(2);
    expect(await stateOf()).toMatchObject({ state: 'reauthorization_required' });
    // An admin authorises again, and everything goes on.
    expect((await program.connect()).status).toBe(200);
    expect(await stateOf()).toEqual({ state: 'active', state_reason: null });
    expect(await program.connectorIds()).toEqual([connectorId]);
  });

  it.each([
    ['500', 'provider_unavailable'],
    ['504', 'provider_unavailable'],
    ['html', 'provider_unavailable'],
    ['truncated-json', 'provider_answer_invalid'],
    ['reset', 'provider_unavailable'],
  ] as const)('%s at the token endpoint never ends a grant', async (fault, code) => {
    const id = await grantId('zoom');
    await program.database.query(`update grants set expires_at = now() where provider = 'zoom'`);
    program.sandbox.control.setFault({ kind: 'zoom.token', fault, times: 1 });
    await expect(vault.accessToken(connectorId, id)).rejects.toMatchObject({ code });
    expect(await stateOf()).toMatchObject({ state: 'active' });
  });

  it.each(['zoom', 'cloudlink'] as const)(
    'a wrong client id or secret at %s is our own fault and never ends a grant',
    async (provider) => {
      const id = await grantId(provider);
      await program.database.query(`update grants set expires_at = now()`);
      const remote = new RemoteHttp(new HttpService(), new SystemClock(), pino({ level: 'silent' }));
      const ciphers = program.app.get(ConnectorCiphers, { strict: false });
      const misconfigured = new GrantVault(
        program.app.get(Database, { strict: false }),
        new GrantStore(program.app.get(Database, { strict: false }), ciphers),
        {
          zoom: new ZoomTokenEndpoint(remote, { ...program.config.zoom, clientSecret: 'not-the-secret' }),
          cloudlink: new CloudLinkTokenEndpoint(remote, { ...program.config.cloudlink, clientId: 'not-the-client' }),
        },
        program.app.get(GrantListener, { strict: false }),
        new SystemClock(),
        pino({ level: 'silent' }),
      );
      await expect(misconfigured.accessToken(connectorId, id)).rejects.toMatchObject({ code: 'misconfigured' });
      expect(await stateOf()).toMatchObject({ state: 'active' });
      // With the right one it goes on.
      expect(await vault.accessToken(connectorId, id)).toEqual(expect.any(String));
    },
  );

  it('goes on with the old token while it lives and renewing fails', async () => {
    const id = await grantId('zoom');
    const old = await vault.accessToken(connectorId, id);
    await expireSoon('zoom');
    program.sandbox.control.setFault({ kind: 'zoom.token', fault: '500', times: 1 });
    expect(await vault.accessToken(connectorId, id)).toBe(old);
  });

  it.each(['seconds', 'http-date', 'iso-date', 'none'] as const)(
    'waits as 429 asks (%s) and then succeeds',
    async (retryAfter) => {
      const id = await grantId('zoom');
      await expireSoon('zoom');
      program.sandbox.control.setFault({ kind: 'zoom.token', fault: '429', times: 1, retryAfter, seconds: 2 });
      const before = Date.now();
      await vault.accessToken(connectorId, id);
      // Not a measurement: less than the wait that was asked for would mean that it was ignored.
      expect(Date.now() - before).toBeGreaterThan(1_900);
      expect(refreshes('zoom')).toBe(2);
    },
  );
});

function runWorker(program: Program, connectorId: string, grantId: string): Promise<{ tokens: string[] }> {
  const root = join(__dirname, '..', '..');
  const child = spawn(process.execPath, [join(__dirname, 'token-worker.cjs'), join(root, 'dist')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: root,
  });
  const { zoom, cloudlink } = program.config;
  child.stdin.end(
    JSON.stringify({
      databaseUrl: program.databaseUrl,
      keys: program.config.encryptionKeys.map(({ id, key }) => ({ id, key: key.toString('base64') })),
      connectorId,
      grantId,
      identities: { zoom, cloudlink },
      calls: 4,
    }),
  );
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.on('close', (code) =>
      code === 0
        ? resolve(JSON.parse(text) as { tokens: string[] })
        : reject(new Error(`the worker ended with ${code}`)),
    );
  });
}
