import { CLOUDLINK_LOGINS } from '../people';
import { startSandbox, type RunningSandbox } from '../server';
import { SandboxClient, tokensOf, type Reply } from '../testing/client';

describe('CloudLink OAuth', () => {
  let sandbox: RunningSandbox;
  let client: SandboxClient;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, users: 10 });
    client = new SandboxClient(sandbox);
  });
  beforeEach(() => sandbox.control.reset());
  afterAll(() => sandbox.stop());

  const UNAUTHORIZED = {
    name: 'Unauthorized',
    message: 'The request requires user authentication. The authorization has been refused.',
  };
  const refresh = (field: string, token: string): Promise<Reply> =>
    client.cloudlinkToken({ grant_type: 'refresh_token', [field]: token });
  const whoAmI = (authorization: string): Promise<Reply> =>
    client.get(`${sandbox.urls.cloudlinkAuth}/2017-09-01/token`, { authorization });

  it('issues HS256 tokens for an hour and up to ten minutes, differing', async () => {
    const lifetimes = new Set<unknown>();
    let tokens = tokensOf(await client.redeemCloudlink(await client.cloudlinkCode()));
    for (let round = 0; round < 5; round += 1) {
      const reply = await refresh('refresh_token', tokens.refreshToken);
      lifetimes.add(reply.body['expires_in']);
      tokens = tokensOf(reply);
    }
    expect([...lifetimes].every((seconds) => Number(seconds) >= 3600 && Number(seconds) <= 4200)).toBe(true);
    expect(lifetimes.size).toBeGreaterThan(1);
    const [header = '', payload = ''] = tokens.accessToken.split('.');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({ typ: 'JWT', alg: 'HS256' });
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      role: 'ACCOUNT_ADMIN',
      emailVerified: true,
    });
  });

  it('takes JSON and form alike', async () => {
    const form = await client.post(`${sandbox.urls.cloudlinkAuth}/2017-09-01/token`, {
      grant_type: 'authorization_code',
      code: await client.cloudlinkCode(),
      client_id: sandbox.credentials.cloudlinkClientId,
    });
    expect(form.status).toBe(200);
    expect(form.headers.get('x-mitel-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('takes a code once, and enforces PKCE when a challenge was given', async () => {
    const code = await client.cloudlinkCode();
    expect((await client.redeemCloudlink(code)).status).toBe(200);
    expect((await client.redeemCloudlink(code)).body).toMatchObject({ name: 'BadRequest' });
    const challenged = await client.cloudlinkCode('one.account-admin', { code_challenge: 'abc' });
    expect((await client.redeemCloudlink(challenged, { code_verifier: 'other' })).status).toBe(400);
    sandbox.control.setFault({ kind: 'cloudlink.token', fault: 'expire-code', times: 1 });
    expect((await client.redeemCloudlink(await client.cloudlinkCode())).status).toBe(400);
  });

  it.each(['refresh_token', 'token'])('refreshes by the field %s; a used token is refused', async (field) => {
    const { refreshToken } = await client.cloudlinkLogin();
    const reply = await refresh(field, refreshToken);
    expect(tokensOf(reply).refreshToken).not.toBe(refreshToken);
    const again = await refresh(field, refreshToken);
    expect([again.status, again.body]).toEqual([401, UNAUTHORIZED]);
  });

  it('can be made to know one name of the field only', async () => {
    const { refreshToken } = await client.cloudlinkLogin();
    sandbox.control.configure({ cloudlinkRefreshField: 'token' });
    expect((await refresh('refresh_token', refreshToken)).status).toBe(400);
    expect((await refresh('token', refreshToken)).status).toBe(200);
  });

  it('can answer without a refresh token, and then the old one stays valid', async () => {
    const { refreshToken } = await client.cloudlinkLogin();
    sandbox.control.setFault({ kind: 'cloudlink.token.refresh_token', fault: 'no-refresh-token', times: 1 });
    const without = await refresh('refresh_token', refreshToken);
    expect(without.status).toBe(200);
    expect(without.body).not.toHaveProperty('refresh_token');
    expect((await refresh('refresh_token', refreshToken)).body).toHaveProperty('refresh_token');
  });

  it('says who one is, all values as text, for a raw token and a Bearer one', async () => {
    const { accessToken } = await client.cloudlinkLogin();
    const raw = await whoAmI(accessToken);
    expect((await whoAmI(`Bearer ${accessToken}`)).body).toEqual(raw.body);
    const { integrationLatency, ...texts } = raw.body;
    expect(integrationLatency).toBe(0);
    expect(Object.values(texts).every((value) => typeof value === 'string')).toBe(true);
    expect(texts).toMatchObject({
      role: 'ACCOUNT_ADMIN',
      emailVerified: 'true',
      accountId: 'c1000000-0000-4000-8000-000000000001',
    });
  });

  it('shows a changed role at once, which closes the admin service', async () => {
    const { accessToken } = await client.cloudlinkLogin();
    const path = '/2017-09-01/accounts/c1000000-0000-4000-8000-000000000001';
    const statuses = async (): Promise<number[]> => [
      (await client.cloudlinkGet(`${path}/users`, accessToken)).status,
      (await client.cloudlinkGet(`${path}/psi/users`, accessToken)).status,
    ];
    expect(await statuses()).toEqual([200, 200]);
    sandbox.control.setCloudlinkRole('one.account-admin', 'USER');
    expect((await whoAmI(accessToken)).body['role']).toBe('USER');
    expect(await statuses()).toEqual([403, 403]);
  });

  it('refuses wrong and old tokens with {name, message}', async () => {
    const { accessToken, refreshToken } = await client.cloudlinkLogin();
    for (const wrong of ['', 'Bearer x', `${accessToken}x`, refreshToken]) {
      const reply = await whoAmI(wrong);
      expect([reply.status, reply.body]).toEqual([401, UNAUTHORIZED]);
    }
    sandbox.control.expireAccessTokens('cloudlink');
    expect((await whoAmI(accessToken)).status).toBe(401);
  });

  it('hands out codes without a browser with 201', async () => {
    const [admin] = CLOUDLINK_LOGINS;
    const fields = {
      response_type: 'code',
      username: admin?.email ?? '',
      password: admin?.password ?? '',
      account_id: '700100001',
    };
    const url = `${sandbox.urls.cloudlinkAuth}/2017-09-01/authorize`;
    const reply = await client.post(url, { ...fields, client_id: sandbox.credentials.cloudlinkClientId });
    expect(reply.status).toBe(201);
    expect((await client.redeemCloudlink(String(reply.body['code']))).status).toBe(200);
    const wrong = await client.post(url, {
      ...fields,
      password: 'x',
      client_id: sandbox.credentials.cloudlinkClientId,
    });
    expect(wrong.status).toBe(401);
  });

  it('refuses an unknown client', async () => {
    const reply = await client.cloudlinkToken({ grant_type: 'refresh_token', refresh_token: 'x', client_id: 'other' });
    expect([reply.status, reply.body]).toEqual([401, { name: 'Unauthorized', message: 'Invalid client_id.' }]);
  });
});
