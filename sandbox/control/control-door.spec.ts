import { startSandbox, type RunningSandbox } from '../server';
import { SandboxClient, type Reply } from '../testing/client';
import { cloudlinkCall } from '../testing/cloudlink-service';
import { Receiver } from '../testing/receiver';

describe('the control door to webhooks and clients', () => {
  let receiver: Receiver;
  let sandbox: RunningSandbox;
  let client: SandboxClient;

  beforeAll(async () => {
    receiver = await new Receiver().start();
    sandbox = await startSandbox({ port: 0, users: 20 });
    client = new SandboxClient(sandbox);
  });
  beforeEach(async () => {
    sandbox.control.reset();
    receiver.clear();
    await mutate({ action: 'set-zoom-webhook-url', url: receiver.url });
  });
  afterAll(async () => {
    await sandbox.stop();
    await receiver.stop();
  });

  const door = (path: string): string => `${sandbox.baseUrl}/_control/${path}`;
  const mutate = (body: unknown): Promise<Reply> => client.postJson(door('mutations'), body);
  const items = async (path: string): Promise<Record<string, unknown>[]> =>
    (await client.get(door(path))).body['items'] as Record<string, unknown>[];
  const idle = (): Promise<Reply> => mutate({ action: 'await-webhooks-idle' });

  it.each([
    [{ action: 'set-zoom-person-status', person: 'one.admin', status: 'inactive' }, 'user.deactivated'],
    [{ action: 'change-zoom-email', index: 3, email: 'x@nordwind.example' }, 'user.updated'],
    [{ action: 'set-zoom-role', person: 'one.admin', role: 'member' }, 'user.updated'],
    [{ action: 'uninstall-zoom-app', person: 'one.admin' }, 'app_deauthorized'],
    [{ action: 'remove-person', side: 'zoom', person: 'one.admin' }, 'user.deleted'],
    [{ action: 'remove-person', side: 'zoom', person: 'one.admin', how: 'disassociated' }, 'user.disassociated'],
    [{ action: 'send-zoom-event', event: 'account.updated', object: { id: 'a' }, account: 2 }, 'account.updated'],
  ])('plays %p', async (mutation, event) => {
    expect((await mutate(mutation)).status).toBe(200);
    await idle();
    expect(receiver.received.map(({ body }) => body['event'])).toEqual([event]);
    expect(await items('webhooks')).toMatchObject([{ event, state: 'delivered' }]);
  });

  it('gives the payload of an event that was asked for, and its request id', async () => {
    const { body } = await mutate({
      action: 'send-zoom-event',
      event: 'x.y',
      object: { id: 'ü' },
      account: 2,
      eventTs: 5,
      payload: { operator: 'me' },
    });
    await idle();
    expect(receiver.received[0]?.headers['x-zm-request-id']).toBe(body['requestId']);
    expect(receiver.received[0]?.body).toMatchObject({
      event_ts: 5,
      payload: { account_id: 'suedsternZoomAccount02', operator: 'me', object: { id: 'ü' } },
    });
  });

  it('holds and releases, takes settings, and forgets the address', async () => {
    await client.postJson(door('settings'), { webhookShuffle: true });
    await mutate({ action: 'remove-person', side: 'zoom', person: 'one.admin' });
    await idle();
    expect(await items('webhooks')).toMatchObject([{ state: 'held' }]);
    await mutate({ action: 'release-webhooks' });
    await idle();
    expect(await items('webhooks')).toMatchObject([{ state: 'delivered' }]);
    expect((await mutate({ action: 'validate-webhook-url' })).body).toEqual({ valid: false, status: 204 });
    expect((await mutate({ action: 'set-zoom-webhook-url', url: null })).status).toBe(200);
    expect((await mutate({ action: 'send-zoom-event', event: 'x', object: {} })).body).toEqual({});
  });

  it('changes secrets, shows and removes service clients, and shows notifications', async () => {
    const { accessToken: token } = await client.cloudlinkLogin();
    const path = '/2017-09-01/accounts/c1000000-0000-4000-8000-000000000001/clients';
    const body = { type: 'APP', role: 'USER', clientId: 'c-1' };
    await cloudlinkCall(sandbox, 'cloudlinkAdmin', { method: 'POST', path, token, body });
    expect(await items('service-clients')).toMatchObject([{ clientId: 'c-1' }]);
    await mutate({ action: 'remove-service-client', clientId: 'c-1' });
    expect(await items('service-clients')).toEqual([]);
    await mutate({ action: 'set-zoom-client-secrets', secrets: ['other'] });
    await expect(client.zoomLogin()).rejects.toThrow('invalid_client');
    expect((await mutate({ action: 'change-cloudlink-email', index: 3, email: 'y@nordwind.example' })).status).toBe(
      200,
    );
    expect(await items('notifications')).toEqual([]);
  });

  it.each([
    { action: 'set-zoom-webhook-url', url: 'ftp://x' },
    { action: 'set-zoom-webhook-url' },
    { action: 'set-zoom-client-secrets', secrets: 'x' },
    { action: 'remove-service-client', clientId: 'nobody' },
    { action: 'set-zoom-person-status', person: 'nobody', status: 'active' },
    { action: 'remove-person', side: 'zoom', person: 'one.admin', how: 'vanished' },
    { action: 'send-zoom-event', event: 'x', object: 5 },
  ])('refuses %p', async (mutation) => expect((await mutate(mutation)).status).toBe(400));
});
