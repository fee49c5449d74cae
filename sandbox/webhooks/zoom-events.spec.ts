import { startSandbox, type RunningSandbox } from '../server';
import { SandboxClient, type Reply } from '../testing/client';
import { Receiver } from '../testing/receiver';

type Body = Record<string, unknown>;

describe('Zoom events', () => {
  let receiver: Receiver;
  let sandbox: RunningSandbox;
  let client: SandboxClient;

  beforeAll(async () => {
    receiver = await new Receiver().start();
    sandbox = await startSandbox({ port: 0, users: 20, zoomWebhookUrl: receiver.url });
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

  /** What arrived because of this, in the order of its making. */
  const events = async (cause: () => unknown): Promise<Body[]> => {
    const before = sandbox.control.webhooks().length;
    await cause();
    await sandbox.control.webhooksIdle();
    const ids = sandbox.control.webhooks().map(({ requestId }) => requestId);
    const place = (one: { headers: Record<string, unknown> }): number =>
      ids.indexOf(String(one.headers['x-zm-request-id']));
    const fresh = receiver.received.filter((one) => place(one) >= before);
    return fresh.sort((a, b) => place(a) - place(b)).map(({ body }) => body);
  };
  const names = async (cause: () => unknown): Promise<unknown[]> => (await events(cause)).map(({ event }) => event);
  const OPERATOR = { operator: 'Olga.Owner@nordwind.example', operator_id: 'zoomPerson1ownerxxxxxx' };
  const user = async (email: string): Promise<Reply> => {
    const { accessToken } = await client.zoomLogin('one.second-admin');
    return client.zoomGet(`/users/${email}`, accessToken);
  };
  const emailOf = async (index: number): Promise<string> => {
    const { accessToken } = await client.zoomLogin('one.second-admin');
    const active = await client.zoomUsers('active', accessToken);
    return String(active.find(({ email }) => String(email).includes(`.${index}@`))?.['email']);
  };

  it('tells of each change of a directory user, and of nothing that is none', async () => {
    const move = (status: 'active' | 'inactive' | 'pending' | 'absent'): Promise<unknown[]> =>
      names(() => sandbox.control.setZoomPresence(1, 3, status));
    expect(await move('active')).toEqual([]);
    expect(await move('inactive')).toEqual(['user.deactivated']);
    expect(await move('active')).toEqual(['user.activated']);
    expect(await move('absent')).toEqual(['user.deleted']);
    expect(await move('pending')).toEqual(['user.created']);
    expect(await move('active')).toEqual(['user.invitation_accepted']);
    expect(await move('pending')).toEqual([]);
    expect(await move('absent')).toEqual(['user.deleted']);
    expect(await move('inactive')).toEqual(['user.created', 'user.deactivated']);
  });

  it('carries the user as the API shows them, with their names', async () => {
    const { body } = await user(await emailOf(3));
    const [event] = await events(() => sandbox.control.setZoomPresence(1, 3, 'inactive'));
    const { id, first_name, last_name, email } = body;
    expect(event).toMatchObject({
      payload: {
        account_id: 'nordwindZoomAccount001',
        ...OPERATOR,
        object: { id, first_name, last_name, email, type: 2 },
      },
    });
  });

  it('names no operator when an invitation is accepted, and how a user was created', async () => {
    sandbox.control.setZoomPresence(1, 3, 'absent');
    const [created] = await events(() => sandbox.control.setZoomPresence(1, 3, 'pending'));
    expect(created).toMatchObject({ payload: { creation_type: 'create', ...OPERATOR } });
    const [accepted] = await events(() => sandbox.control.setZoomPresence(1, 3, 'active'));
    expect(Object.keys(accepted?.['payload'] as Body)).toEqual(['account_id', 'object']);
  });

  it('tells of added users, of the second account too', async () => {
    const [one] = await events(() =>
      sandbox.control.addUser(2, 'end', { firstName: 'Žofie', email: 'z@suedstern.example' }),
    );
    expect(one).toMatchObject({
      event: 'user.created',
      payload: {
        account_id: 'suedsternZoomAccount02',
        operator: 'Otto.Owner@suedstern.example',
        object: { first_name: 'Žofie', email: 'z@suedstern.example' },
      },
    });
    expect(await names(() => sandbox.control.addUser(1, 'end', { zoom: 'absent' }))).toEqual([]);
  });

  it('changes an email: the id stays, the user is found by the new one only, and it is told', async () => {
    const before = await emailOf(3);
    const { id } = (await user(before)).body;
    const [event] = await events(() => sandbox.control.changeZoomEmail(1, 3, 'New.Name@nordwind.example'));
    expect(event).toMatchObject({
      event: 'user.updated',
      payload: { ...OPERATOR, object: { id, email: 'New.Name@nordwind.example' }, old_object: { id, email: before } },
    });
    expect(Object.keys((event?.['payload'] as { object: Body }).object)).toEqual(['id', 'email']);
    expect((await user(before)).status).toBe(404);
    expect((await user('new.name@nordwind.example')).body).toMatchObject({ id, email: 'New.Name@nordwind.example' });
    expect((await user(String(id))).body['email']).toBe('New.Name@nordwind.example');
    for (const status of ['inactive', 'pending', 'active'] as const) {
      sandbox.control.setZoomPresence(1, 3, status);
      const { accessToken } = await client.zoomLogin('one.second-admin');
      const emails = (await client.zoomUsers(status, accessToken)).map(({ email }) => email);
      expect(emails).toContain('New.Name@nordwind.example');
      expect(emails).not.toContain(before);
    }
    expect(await names(() => sandbox.control.changeZoomEmail(1, 3, 'New.Name@nordwind.example'))).toEqual([]);
  });

  it('tells of a changed role', async () => {
    const [event] = await events(() => sandbox.control.setZoomRole('one.admin', 'member'));
    expect(event).toMatchObject({
      event: 'user.updated',
      payload: {
        object: { id: 'zoomPerson1adminxxxxxx', role: 'Member', role_id: '2' },
        old_object: { id: 'zoomPerson1adminxxxxxx', role: 'Admin', role_id: '1' },
      },
    });
    expect(await names(() => sandbox.control.setZoomRole('one.admin', 'member'))).toEqual([]);
    const [handover] = await events(() => sandbox.control.setZoomRole('one.owner', 'admin'));
    expect(handover).toMatchObject({ payload: { object: { role: 'Admin' } } });
    const [promotion] = await events(() => sandbox.control.setZoomRole('one.second-admin', 'owner'));
    expect(promotion).toMatchObject({ payload: { operator: 'Sven.Second@nordwind.example' } });
  });

  it('tells of a deactivated admin, whose tokens work or not, as set', async () => {
    const { accessToken, refreshToken } = await client.zoomLogin('one.admin');
    const [event] = await events(() => sandbox.control.setZoomPersonStatus('one.admin', 'inactive'));
    expect(event).toMatchObject({
      event: 'user.deactivated',
      payload: { object: { id: 'zoomPerson1adminxxxxxx', last_name: 'Łukasiewicz' } },
    });
    expect((await client.zoomGet('/users/me', accessToken)).body).toMatchObject({ status: 'inactive' });
    const admin = (await client.zoomLogin('one.second-admin')).accessToken;
    const listed = async (status: string): Promise<unknown[]> =>
      (await client.zoomUsers(status, admin)).map(({ id }) => id);
    expect(await listed('inactive')).toContain('zoomPerson1adminxxxxxx');
    expect(await listed('active')).not.toContain('zoomPerson1adminxxxxxx');
    await expect(client.zoomCode('one.admin')).rejects.toThrow('no code');

    sandbox.control.configure({ zoomInactiveAdminTokens: 'refused' });
    const refused = await client.zoomGet('/users/me', accessToken);
    expect([refused.status, refused.body['code']]).toEqual([401, 124]);
    expect((await client.refreshZoom(refreshToken)).body).toMatchObject({ error: 'invalid_grant' });
    expect(sandbox.control.requests().recent.at(-1)).toMatchObject({ zoomError: 4738 });
    expect(await names(() => sandbox.control.setZoomPersonStatus('one.admin', 'active'))).toEqual(['user.activated']);
    expect((await client.refreshZoom(refreshToken)).status).toBe(200);
  });

  it('tells of an admin who leaves, in either way, and lets the others work on', async () => {
    const other = await client.zoomLogin('one.admin');
    const [gone] = await events(() => sandbox.control.removePerson('zoom', 'one.owner'));
    expect(gone).toMatchObject({
      event: 'user.deleted',
      payload: {
        // The owner is no longer there to do it.
        operator: 'Ada.Admin@nordwind.example',
        object: { id: 'zoomPerson1ownerxxxxxx', last_name: 'Öhlschläger' },
      },
    });
    expect((await client.zoomGet('/users/me', other.accessToken)).status).toBe(200);
    expect((await client.zoomGet('/users/zoomPerson1ownerxxxxxx', other.accessToken)).body).toEqual({
      code: 1001,
      message: 'User does not exist: zoomPerson1ownerxxxxxx.',
    });
    expect((await client.refreshZoom(other.refreshToken)).status).toBe(200);
    expect(await names(() => sandbox.control.removePerson('zoom', 'one.member', 'disassociated'))).toEqual([
      'user.disassociated',
    ]);
  });
});
