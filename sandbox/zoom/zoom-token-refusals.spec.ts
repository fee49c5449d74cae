import { startSandbox, type RunningSandbox } from '../server';
import { SandboxClient, tokensOf, type Reply } from '../testing/client';

describe('refusals of Zoom’s token endpoint', () => {
  let sandbox: RunningSandbox;
  let client: SandboxClient;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, users: 20, zoomClientSecrets: ['new-secret', 'old-secret'] });
    client = new SandboxClient(sandbox);
  });
  beforeEach(() => sandbox.control.reset());
  afterAll(() => sandbox.stop());

  it('takes either of two secrets, by HTTP Basic only', async () => {
    const invalidClient = { reason: 'Invalid client_id or client_secret', error: 'invalid_client' };
    const { refreshToken } = await client.zoomLogin();
    const wrong = await client.zoomToken({ grant_type: 'refresh_token', refresh_token: refreshToken }, 'wrong');
    expect([wrong.status, wrong.body]).toEqual([400, invalidClient]);
    const inBody = await client.post(`${sandbox.urls.zoomOAuth}/oauth/token`, {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: sandbox.credentials.zoomClientId,
      client_secret: 'new-secret',
    });
    expect([inBody.status, inBody.body]).toEqual([400, invalidClient]);
    const old = await client.zoomToken({ grant_type: 'refresh_token', refresh_token: refreshToken }, 'old-secret');
    expect(old.status).toBe(200);
  });

  it('can be given other secrets', async () => {
    const { refreshToken } = await client.zoomLogin();
    const refresh = (secret: string): Promise<Reply> =>
      client.zoomToken({ grant_type: 'refresh_token', refresh_token: refreshToken }, secret);
    sandbox.control.setZoomClientSecrets(['third-secret', 'fourth-secret']);
    expect((await refresh('new-secret')).body).toMatchObject({ error: 'invalid_client' });
    expect((await refresh('fourth-secret')).status).toBe(200);
    sandbox.control.reset();
    expect((await refresh('fourth-secret')).body).toMatchObject({ error: 'invalid_client' });
  });

  it('remembers Zoom’s number of each refusal, and never sends it', async () => {
    const number = async (reply: Promise<Reply>): Promise<number | undefined> => {
      expect(Object.keys((await reply).body)).toEqual(['reason', 'error']);
      return sandbox.control.requests().recent.at(-1)?.zoomError;
    };
    const old = await client.zoomLogin();
    const { refreshToken } = await client.zoomLogin();
    expect(await number(client.refreshZoom(old.refreshToken))).toBe(4741);
    expect(await number(client.refreshZoom('x.y.z'))).toBe(4724);
    sandbox.control.configure({ zoomAdminDisabled: true });
    expect(await number(client.refreshZoom(refreshToken))).toBe(4738);
    sandbox.control.configure({ zoomAdminDisabled: false });
    const code = await client.zoomCode();
    sandbox.control.expireCodes();
    expect(await number(client.redeemZoom(code))).toBe(4733);
    expect(await number(client.redeemZoom(code))).toBe(4734);
    const next = tokensOf(await client.refreshZoom(refreshToken));
    expect(await number(client.refreshZoom(refreshToken))).toBe(4737);
    sandbox.control.removePerson('zoom', 'one.owner');
    expect(await number(client.refreshZoom(next.refreshToken))).toBe(4735);
    expect(await number(client.zoomToken({ grant_type: 'refresh_token' }, 'wrong'))).toBe(4702);
  });
});
