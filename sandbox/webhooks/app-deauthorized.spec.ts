import { startSandbox, type RunningSandbox } from '../server';
import { SandboxClient } from '../testing/client';
import { isSigned } from '../testing/is-signed';
import { Receiver, type Received } from '../testing/receiver';

const NOW = Date.UTC(2026, 10, 24, 12, 0, 5, 250);

describe('app_deauthorized', () => {
  let receiver: Receiver;
  let sandbox: RunningSandbox;
  let client: SandboxClient;

  beforeAll(async () => {
    receiver = await new Receiver().start();
    sandbox = await startSandbox({ port: 0, users: 5, zoomWebhookUrl: receiver.url, now: () => NOW });
    client = new SandboxClient(sandbox);
  });
  beforeEach(() => {
    sandbox.control.reset();
    receiver.clear();
  });
  afterAll(async () => {
    await sandbox.stop();
    await receiver.stop();
  });

  const received = async (): Promise<Received> => {
    await sandbox.control.webhooksIdle();
    expect(receiver.received).toHaveLength(1);
    return receiver.received[0] as Received;
  };

  it('comes when the app revokes its token', async () => {
    const { accessToken, refreshToken } = await client.zoomLogin('one.admin');
    const { zoomClientId, zoomClientSecret } = sandbox.credentials;
    const basic = Buffer.from(`${zoomClientId}:${zoomClientSecret}`).toString('base64');
    await client.post(
      `${sandbox.urls.zoomOAuth}/oauth/revoke`,
      { token: accessToken },
      { authorization: `Basic ${basic}` },
    );
    const one = await received();
    expect(isSigned(one, sandbox.credentials.zoomWebhookSecret)).toBe(true);
    expect(one.body).toEqual({
      event: 'app_deauthorized',
      payload: {
        account_id: 'nordwindZoomAccount001',
        user_id: 'zoomPerson1adminxxxxxx',
        signature: expect.stringMatching(/^[0-9a-f]{64}$/),
        deauthorization_time: '2026-11-24T12:00:05.250Z',
        client_id: zoomClientId,
        event_ts: '2026-11-24 12:00:05',
      },
    });
    expect((await client.refreshZoom(refreshToken)).status).toBe(400);
    expect(sandbox.control.requests().recent.at(-1)).toMatchObject({ zoomError: 4737 });
  });

  it('comes when an admin removes the app, whose own tokens alone are dead', async () => {
    const [mine, other] = [await client.zoomLogin('one.admin'), await client.zoomLogin('one.owner')];
    sandbox.control.uninstallZoomApp('one.admin');
    expect((await received()).body).toMatchObject({ payload: { user_id: 'zoomPerson1adminxxxxxx' } });
    expect((await client.zoomGet('/users/me', mine.accessToken)).status).toBe(401);
    expect((await client.refreshZoom(mine.refreshToken)).status).toBe(400);
    expect((await client.refreshZoom(other.refreshToken)).status).toBe(200);
    expect(() => sandbox.control.uninstallZoomApp('nobody')).toThrow(RangeError);
  });

  it('has its time as a number when set so', async () => {
    sandbox.control.configure({ deauthorisedEventTs: 'number' });
    sandbox.control.uninstallZoomApp('one.owner');
    expect((await received()).body).toMatchObject({ payload: { event_ts: NOW } });
  });
});
