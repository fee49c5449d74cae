import { startSandbox, type RunningSandbox } from '../server';
import { SandboxClient } from '../testing/client';
import { cloudlinkCall } from '../testing/cloudlink-service';
import { Receiver } from '../testing/receiver';

const ACCOUNT = 'c1000000-0000-4000-8000-000000000001';
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('CloudLink notifications', () => {
  let receiver: Receiver;
  let sandbox: RunningSandbox;
  let client: SandboxClient;

  beforeAll(async () => {
    receiver = await new Receiver().start();
  });
  beforeEach(async () => {
    sandbox = await startSandbox({ port: 0, users: 20 });
    client = new SandboxClient(sandbox);
    sandbox.control.configure({ webhookMinuteMs: 2 });
    receiver.clear();
  });
  afterEach(() => sandbox.stop());
  afterAll(() => receiver.stop());

  const subscribe = async (change: Record<string, string> = {}, person = 'one.account-admin'): Promise<string> => {
    const { accessToken: token } = await client.cloudlinkLogin(person);
    const asked = {
      applicationId: 'app-1',
      deviceId: receiver.url,
      transport: 'webhook',
      topic: 'platform-api-admin',
      ...change,
    };
    const request = { method: 'POST', path: '/2017-09-01/subscriptions', token, body: asked };
    return String((await cloudlinkCall(sandbox, 'cloudlinkNotifications', request)).body['subscriptionId']);
  };
  const methods = async (cause: () => unknown): Promise<unknown[]> => {
    const before = sandbox.control.notifications().length;
    cause();
    await sandbox.control.webhooksIdle();
    return sandbox.control
      .notifications()
      .slice(before)
      .map(({ method }) => method);
  };
  const statuses = (): unknown =>
    sandbox.control.notifications().map(({ state, attempts }) => [state, ...attempts.map(({ status }) => status)]);
  const change = async (): Promise<void> => {
    sandbox.control.changeCredential(1, 3);
    await sandbox.control.webhooksIdle();
  };

  it('carry the user in Mitel’s form, with the clear-text password that must be dropped', async () => {
    const subscriptionId = await subscribe();
    await change();
    const [one] = receiver.received;
    const { accessToken } = await client.cloudlinkLogin();
    const { userId } = (one?.body['content'] ?? {}) as { userId: string };
    const path = `/2017-09-01/accounts/${ACCOUNT}/users/${userId}`;
    const user = (await client.cloudlinkGet(path, accessToken)).body;
    expect(one?.body).toEqual({
      publicationId: expect.stringMatching(GUID),
      topic: 'platform-api-admin',
      method: 'PUT',
      subject: path,
      content: { ...user, modifiedOn: expect.any(String) },
      publisher: { accountId: ACCOUNT, principalId: expect.stringMatching(GUID) },
      subscription: { subscriptionId },
      notification: { createdOn: expect.any(String), correlationId: one?.headers['x-mitel-correlation-id'] },
    });
    expect(user['sipPassword']).toEqual(expect.stringMatching(/^cl-/));
    expect(one?.headers['x-mitel-application-id']).toBe('app-1');
    expect(sandbox.control.notifications()).toMatchObject([
      { publicationId: one?.body['publicationId'], subscriptionId, state: 'delivered', attempts: [{ status: 204 }] },
    ]);
  });

  it('tell of each change of a user, and of nothing that is none', async () => {
    await subscribe();
    const { control } = sandbox;
    expect(await methods(() => control.setPsiStatus(1, 3, 'revoked'))).toEqual(['PUT']);
    expect(await methods(() => control.changeCloudlinkEmail(1, 3, 'new@nordwind.example'))).toEqual(['PUT']);
    expect(await methods(() => control.setAtCloudlink(1, 3, true))).toEqual([]);
    expect(await methods(() => control.setAtCloudlink(1, 3, false))).toEqual(['DELETE']);
    expect(await methods(() => control.changeCredential(1, 3))).toEqual([]);
    expect(await methods(() => control.setAtCloudlink(1, 3, true))).toEqual(['POST']);
    expect(await methods(() => control.addUser(1, 'end'))).toEqual(['POST']);
    expect(await methods(() => control.setCloudlinkRole('one.second-admin', 'USER'))).toEqual(['PUT']);
    expect(await methods(() => control.removePerson('cloudlink', 'one.second-admin'))).toEqual(['DELETE']);
    expect(await methods(() => control.changeCredential(2, 3))).toEqual([]);
    expect(receiver.received.at(-1)?.body['content']).toEqual({
      userId: 'a1000000-0000-4000-8000-000000000002',
      accountId: ACCOUNT,
      modifiedOn: expect.any(String),
    });
  });

  it('change the email at CloudLink alone', async () => {
    sandbox.control.changeCloudlinkEmail(1, 3, 'new@nordwind.example');
    const { accessToken } = await client.cloudlinkLogin();
    const emails = (await client.psiItems(ACCOUNT, accessToken)).map(({ email }) => email);
    expect(emails).toContain('new@nordwind.example');
    const zoom = await client.zoomUsers('active', (await client.zoomLogin()).accessToken);
    expect(zoom.some(({ email }) => email === 'new@nordwind.example')).toBe(false);
  });

  it.each([
    [{ subjectFilter: '/2017-09-01/accounts/' }, 1],
    [{ subjectFilter: '/users/[^/]+$' }, 1],
    [{ subjectFilter: '/presentities/' }, 0],
    [{ methodFilter: 'PUT' }, 1],
    [{ methodFilter: 'POST|DELETE' }, 0],
    [{ topic: 'platform-api-media' }, 0],
  ])('come or not with %p', async (filter, count) => {
    await subscribe(filter);
    await change();
    expect(receiver.received).toHaveLength(count);
  });

  it('are tried again after 1, 2 and 4 minutes whatever the refusal was, then given up', async () => {
    await subscribe();
    receiver.answers(404, 302, 500, 200);
    await change();
    expect(statuses()).toEqual([['delivered', 404, 302, 500, 200]]);
    expect(new Set(receiver.received.map(({ body }) => body['publicationId'])).size).toBe(1);
    const [first, , , last] = receiver.received.map(({ atMs }) => atMs);
    expect((last ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(2 * 7 - 3);
    receiver.clear();
    receiver.answers(500);
    await change();
    expect(receiver.received).toHaveLength(4);
  });

  it('come in copies and mixed up', async () => {
    await subscribe();
    sandbox.control.configure({ notificationCopies: 2, notificationShuffle: true });
    await change();
    expect(receiver.received).toEqual([]);
    sandbox.control.setPsiStatus(1, 4, 'pending');
    const order = sandbox.control.notifications().map(({ publicationId }) => publicationId);
    sandbox.control.releaseWebhooks();
    await sandbox.control.webhooksIdle();
    const arrived = receiver.received.map(({ body }) => body['publicationId']);
    expect(arrived).toHaveLength(4);
    expect([...arrived].sort()).toEqual([...order].sort());
    expect(arrived).not.toEqual(order);
  });

  it('fall silent when who subscribed has left, unless set otherwise', async () => {
    await subscribe();
    sandbox.control.removePerson('cloudlink', 'one.account-admin');
    await change();
    expect(receiver.received).toEqual([]);
    sandbox.control.configure({ cloudlinkSubscriptionsDieWithCreator: false });
    await change();
    expect(receiver.received).toHaveLength(1);
  });

  it('go on after a reset', async () => {
    await subscribe();
    sandbox.control.reset();
    await change();
    expect(receiver.received).toHaveLength(1);
  });
});
