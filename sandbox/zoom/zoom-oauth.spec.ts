import { startSandbox, type RunningSandbox } from '../server';
import { SandboxClient, tokensOf } from '../testing/client';

describe('Zoom OAuth', () => {
  let sandbox: RunningSandbox;
  let client: SandboxClient;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, users: 20, zoomClientSecrets: ['new-secret', 'old-secret'] });
    client = new SandboxClient(sandbox);
  });
  beforeEach(() => sandbox.control.reset());
  afterAll(() => sandbox.stop());

  const INVALID_GRANT = { reason: 'Invalid Token!', error: 'invalid_grant' };
  const ask = (change: Record<string, string>): Promise<{ status: number; text: string; headers: Headers }> =>
    client.consent(
      `${sandbox.urls.zoomOAuth}/oauth/authorize`,
      {
        response_type: 'code',
        client_id: sandbox.credentials.zoomClientId,
        redirect_uri: client.zoomRedirect,
        state: 'a b&c=ü',
        ...change,
      },
      'one.owner',
      change['decision'],
    );

  it('sends the browser back with a code and the state as it was', async () => {
    const { status, headers } = await ask({});
    const location = new URL(headers.get('location') ?? '');
    expect(status).toBe(302);
    expect(location.href.startsWith(`${client.zoomRedirect}?`)).toBe(true);
    expect(location.searchParams.get('state')).toBe('a b&c=ü');
    expect(location.searchParams.get('code')).not.toBeNull();
  });

  it('reports a refusal', async () => {
    const location = new URL((await ask({ decision: 'decline' })).headers.get('location') ?? '');
    expect(Object.fromEntries(location.searchParams)).toEqual({ error: 'access_denied', state: 'a b&c=ü' });
  });

  it.each([
    [{ client_id: 'other' }, '(4,702)'],
    [{ redirect_uri: 'https://evil.example/oauth/zoom/callback' }, '(4,700)'],
    [{ redirect_uri: 'http://127.0.0.1.evil.example/oauth/zoom/callback' }, '(4,700)'],
    [{ redirect_uri: 'http://127.0.0.1:3000/elsewhere' }, '(4,700)'],
  ])('shows a page and never redirects for %p', async (change, text) => {
    const reply = await ask(change);
    expect(reply.headers.get('location')).toBeNull();
    expect(reply.headers.get('content-type')).toContain('text/html');
    expect(reply.text).toContain(text);
  });

  it('lets no plain member add the app', async () => {
    await expect(client.zoomCode('one.member')).rejects.toThrow('HTTP 403');
  });

  it('issues long tokens for 3599 seconds', async () => {
    const reply = await client.redeemZoom(await client.zoomCode());
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ token_type: 'bearer', expires_in: 3599, api_url: 'https://api.zoom.us' });
    expect(reply.headers.get('x-zm-trackingid')).toMatch(/rid=WEB_/);
    const { accessToken, refreshToken } = tokensOf(reply);
    for (const token of [accessToken, refreshToken]) {
      expect(token.length).toBeGreaterThan(600);
      expect(token.split('.')).toHaveLength(3);
    }
  });

  it('takes a code once', async () => {
    const code = await client.zoomCode();
    expect((await client.redeemZoom(code)).status).toBe(200);
    const again = await client.redeemZoom(code);
    expect(again.status).toBe(400);
    expect(again.body).toEqual({ reason: `Invalid authorization code ${code}`, error: 'invalid_request' });
  });

  it('lets a code expire after five minutes', async () => {
    const young = await client.zoomCode();
    sandbox.control.advanceClock(299_000);
    expect((await client.redeemZoom(young)).status).toBe(200);
    const old = await client.zoomCode();
    sandbox.control.advanceClock(300_000);
    expect((await client.redeemZoom(old)).status).toBe(400);
  });

  it('wants the same redirect address again', async () => {
    const reply = await client.redeemZoom(await client.zoomCode(), {
      redirect_uri: 'http://127.0.0.1:4000/oauth/zoom/callback',
    });
    expect(reply.status).toBe(400);
  });

  it('enforces PKCE, S256 and plain', async () => {
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    const challenge = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' };
    expect((await client.redeemZoom(await client.zoomCode('one.owner', challenge))).status).toBe(400);
    const wrong = await client.redeemZoom(await client.zoomCode('one.owner', challenge), {
      code_verifier: `${verifier}x`,
    });
    expect(wrong.status).toBe(400);
    const right = await client.redeemZoom(await client.zoomCode('one.owner', challenge), { code_verifier: verifier });
    expect(right.status).toBe(200);
    const plain = await client.redeemZoom(await client.zoomCode('one.owner', { code_challenge: verifier }), {
      code_verifier: verifier,
    });
    expect(plain.status).toBe(200);
  });

  it('rotates: each refresh token works once, the newest stays valid', async () => {
    const first = await client.zoomLogin();
    const second = tokensOf(await client.refreshZoom(first.refreshToken));
    const reused = await client.refreshZoom(first.refreshToken);
    expect(reused.status).toBe(400);
    expect(reused.body).toEqual(INVALID_GRANT);
    expect((await client.refreshZoom(second.refreshToken)).status).toBe(200);
  });

  it('gives one of eight concurrent refreshes new tokens', async () => {
    const { refreshToken } = await client.zoomLogin();
    const replies = await Promise.all(Array.from({ length: 8 }, () => client.refreshZoom(refreshToken)));
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 400, 400, 400, 400, 400, 400, 400]);
    expect(sandbox.control.requests().counts['zoom.token.refresh_token']).toBe(8);
  });

  it('kills the older tokens of the same person when authorised again, and no others', async () => {
    const other = await client.zoomLogin('one.admin');
    const old = await client.zoomLogin();
    await client.zoomLogin();
    expect((await client.refreshZoom(old.refreshToken)).body).toEqual(INVALID_GRANT);
    const api = await client.zoomGet('/users/me', old.accessToken);
    expect([api.status, api.body]).toEqual([401, { code: 124, message: 'Invalid access token.' }]);
    expect((await client.refreshZoom(other.refreshToken)).status).toBe(200);
  });

  it.each(['zoom.token', 'zoom.token.refresh_token'])('rotates although the answer to %s is lost', async (kind) => {
    const { refreshToken } = await client.zoomLogin();
    sandbox.control.setFault({ kind, fault: 'lost-answer', times: 1 });
    await expect(client.refreshZoom(refreshToken)).rejects.toThrow('fetch failed');
    expect((await client.refreshZoom(refreshToken)).body).toEqual(INVALID_GRANT);
  });

  it('refuses a refresh token in the query', async () => {
    const { refreshToken } = await client.zoomLogin();
    const reply = await client.post(
      `${sandbox.urls.zoomOAuth}/oauth/token?grant_type=refresh_token&refresh_token=${refreshToken}`,
      {},
    );
    expect(reply.status).toBe(401);
    expect(reply.body['code']).toBe(124);
  });

  it('revokes', async () => {
    const { accessToken, refreshToken } = await client.zoomLogin();
    const basic = Buffer.from(`${sandbox.credentials.zoomClientId}:new-secret`).toString('base64');
    const reply = await client.post(
      `${sandbox.urls.zoomOAuth}/oauth/revoke`,
      { token: accessToken },
      { authorization: `Basic ${basic}` },
    );
    expect([reply.status, reply.body]).toEqual([200, { status: 'success' }]);
    expect((await client.refreshZoom(refreshToken)).body).toEqual(INVALID_GRANT);
  });

  it('knows owner gone, approval withdrawn, and app disabled', async () => {
    const { accessToken, refreshToken } = await client.zoomLogin();
    sandbox.control.configure({ zoomAdminDisabled: true });
    expect((await client.refreshZoom(refreshToken)).body).toEqual(INVALID_GRANT);
    sandbox.control.configure({ zoomAdminDisabled: false, zoomAppDisabled: true });
    expect((await client.refreshZoom(refreshToken)).body).toMatchObject({ error: 'invalid_client' });
    sandbox.control.configure({ zoomAppDisabled: false });
    sandbox.control.removePerson('zoom', 'one.owner');
    expect((await client.refreshZoom(refreshToken)).body).toEqual(INVALID_GRANT);
    expect((await client.zoomGet('/users/me', accessToken)).body).toEqual({
      code: 124,
      message: 'Invalid access token.',
    });
  });

  it('ends access tokens after an hour or at a switch, and says which', async () => {
    const { accessToken, refreshToken } = await client.zoomLogin();
    sandbox.control.expireAccessTokens('zoom');
    const expired = await client.zoomGet('/users/me', accessToken);
    expect([expired.status, expired.body]).toEqual([401, { code: 124, message: 'Access token is expired.' }]);
    const fresh = tokensOf(await client.refreshZoom(refreshToken));
    expect((await client.zoomGet('/users/me', fresh.accessToken)).status).toBe(200);
    sandbox.control.advanceClock(3_599_000);
    expect((await client.zoomGet('/users/me', fresh.accessToken)).body).toEqual(expired.body);
    expect((await client.zoomGet('/users/me', `${fresh.accessToken}x`)).body).toEqual({
      code: 124,
      message: 'Invalid access token.',
    });
  });
});
