import { startSandbox, type RunningSandbox } from '../server';
import { SandboxClient } from '../testing/client';
import { cloudlinkCall, type ServiceReply } from '../testing/cloudlink-service';

const PATH = '/2017-09-01/subscriptions';
const ASKED = {
  applicationId: 'app-1',
  deviceId: 'http://127.0.0.1:9/hooks',
  transport: 'webhook',
  topic: 'platform-api-admin',
  subjectFilter: '/2017-09-01/accounts/',
  methodFilter: 'PUT',
  publicationFilter: '$.publications[*]',
};

describe('CloudLink subscriptions', () => {
  let sandbox: RunningSandbox;
  let client: SandboxClient;
  let admin: string;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, users: 5 });
    client = new SandboxClient(sandbox);
    admin = (await client.cloudlinkLogin()).accessToken;
  });
  beforeEach(() => sandbox.control.reset());
  afterAll(() => sandbox.stop());

  const call = (method: string, path = PATH, token = admin, body?: unknown): Promise<ServiceReply> =>
    cloudlinkCall(sandbox, 'cloudlinkNotifications', { method, path, token, body });
  const subscribe = (change: Record<string, unknown> = {}, token = admin): Promise<ServiceReply> =>
    call('POST', PATH, token, { ...ASKED, ...change });
  const count = async (token = admin): Promise<unknown> => (await call('GET', PATH, token)).body['count'];

  it('are made, listed, read and removed', async () => {
    const before = Number(await count());
    const made = await subscribe();
    const id = String(made.body['subscriptionId']);
    expect(made).toMatchObject({
      status: 201,
      body: { ...ASKED, subscriptionId: expect.stringMatching(/^[0-9a-f]{32}$/), createdOn: expect.any(String) },
    });
    expect(await count()).toBe(before + 1);
    expect((await call('GET', `${PATH}/${id}`)).body).toEqual(made.body);
    expect((await call('DELETE', `${PATH}/${id}`)).status).toBe(204);
    expect((await call('GET', `${PATH}/${id}`)).status).toBe(404);
    expect(await count()).toBe(before);
  });

  it('are for admins, each of their own account', async () => {
    const user = (await client.cloudlinkLogin('one.user')).accessToken;
    expect((await subscribe({}, user)).status).toBe(403);
    expect((await subscribe({}, 'x')).status).toBe(401);
    const { body } = await subscribe();
    const other = (await client.cloudlinkLogin('two.account-admin')).accessToken;
    expect(await count(other)).toBe(0);
    for (const method of ['GET', 'DELETE'])
      expect((await call(method, `${PATH}/${String(body['subscriptionId'])}`, other)).status).toBe(404);
  });

  it.each([
    { transport: 'websocket' },
    { applicationId: '' },
    { topic: '' },
    { deviceId: 'x' },
    { subjectFilter: '(' },
  ])('refuse %p', async (wrong) => expect((await subscribe(wrong)).status).toBe(400));

  it('go with their maker, or stay, as set', async () => {
    const second = (await client.cloudlinkLogin('one.second-admin')).accessToken;
    const before = Number(await count(second));
    await subscribe();
    sandbox.control.configure({ cloudlinkSubscriptionsDieWithCreator: false });
    sandbox.control.removePerson('cloudlink', 'one.account-admin');
    expect(await count(second)).toBe(before + 1);
    sandbox.control.configure({ cloudlinkSubscriptionsDieWithCreator: true });
    expect(await count(second)).toBe(0);
  });
});
