import { startSandbox, type RunningSandbox } from '../server';
import { SandboxClient } from '../testing/client';

describe('Zoom users', () => {
  let sandbox: RunningSandbox;
  let client: SandboxClient;
  let token: string;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, users: 250 });
    client = new SandboxClient(sandbox);
    token = (await client.zoomLogin()).accessToken;
  });
  beforeEach(() => sandbox.control.reset());
  afterAll(() => sandbox.stop());

  it.each(['active', 'inactive', 'pending'])(
    'lists each %s user exactly once, whatever the page size',
    async (status) => {
      const whole = await client.zoomUsers(status, token, 2000);
      const paged = await client.zoomUsers(status, token, 7);
      expect(whole.length).toBeGreaterThan(0);
      expect(paged).toEqual(whole);
      expect(new Set(whole.map((user) => user['email'])).size).toBe(whole.length);
      expect(whole.every((user) => user['status'] === status)).toBe(true);
    },
  );

  it('gives pending users no id', async () => {
    expect((await client.zoomUsers('pending', token)).some((user) => 'id' in user)).toBe(false);
    expect((await client.zoomUsers('active', token)).every((user) => typeof user['id'] === 'string')).toBe(true);
  });

  it('lists active users, thirty a page, when nothing else is asked for', async () => {
    const { body } = await client.zoomGet('/users', token);
    expect(body).toMatchObject({ page_size: 30, page_number: 1 });
    expect(body['users']).toHaveLength(30);
    expect(body['next_page_token']).not.toBe('');
    expect(body['total_records']).toBe((await client.zoomUsers('active', token)).length);
  });

  it('lets page tokens expire after 15 minutes', async () => {
    // The clock may be turned only as far as the access token lives.
    const { body } = await client.zoomGet('/users?page_size=10', token);
    const path = `/users?page_size=10&next_page_token=${String(body['next_page_token'])}`;
    expect((await client.zoomGet(path, token)).status).toBe(200);
    sandbox.control.advanceClock(15 * 60_000);
    const late = await client.zoomGet(path, token);
    expect([late.status, late.body]).toEqual([
      400,
      { code: 300, message: 'The next page token is invalid or expired.' },
    ]);
  });

  it('refuses a page token of another status, a forged one, and a page that is too large', async () => {
    const { body } = await client.zoomGet('/users?page_size=10', token);
    const next = String(body['next_page_token']);
    expect((await client.zoomGet(`/users?status=inactive&next_page_token=${next}`, token)).body['code']).toBe(300);
    expect((await client.zoomGet('/users?next_page_token=forged', token)).body['code']).toBe(300);
    const large = await client.zoomGet('/users?page_size=2001', token);
    expect(large.body).toMatchObject({ code: 300, message: 'Validation Failed.', errors: [{ field: 'page_size' }] });
  });

  it('finds a user by id, by email in any case, and oneself as me', async () => {
    const [user] = (await client.zoomUsers('inactive', token)) as [Record<string, unknown>];
    const byId = await client.zoomGet(`/users/${String(user['id'])}`, token);
    const byEmail = await client.zoomGet(`/users/${String(user['email']).toUpperCase()}`, token);
    expect(byId.body).toMatchObject(user);
    expect(byEmail.body).toEqual(byId.body);
    const me = await client.zoomGet('/users/me', token);
    expect(me.body).toMatchObject({
      account_id: 'nordwindZoomAccount001',
      email: 'Olga.Owner@nordwind.example',
      role_name: 'Owner',
      role_id: '0',
    });
    const nobody = await client.zoomGet('/users/nobody', token);
    expect([nobody.status, nobody.body]).toEqual([404, { code: 1001, message: 'User does not exist: nobody.' }]);
  });

  it('sends integers beyond 2^53 as raw numbers', async () => {
    const { text } = await client.zoomGet('/users/me', token);
    expect(text).toContain('"zoom_one_type":576460752303423488');
  });

  it('shows whose role holds the Phone System Integration privilege', async () => {
    const privileges = async (person: string): Promise<unknown> => {
      const { accessToken } = await client.zoomLogin(person);
      return (await client.zoomGet('/users/me/permissions', accessToken)).body['permissions'];
    };
    expect(await privileges('one.admin')).toEqual(expect.arrayContaining(['SipPhone:Read', 'SipPhone:Edit']));
    const without = await privileges('one.admin-without-psi');
    expect(without).not.toContain('SipPhone:Read');
    expect(without).toContain('User:Read');
    sandbox.control.setZoomRole('one.second-admin', 'admin-without-psi');
    expect(await privileges('one.second-admin')).not.toContain('SipPhone:Edit');
  });

  it('names a missing scope and a lost role', async () => {
    sandbox.control.configure({ zoomScope: 'user:read:user:admin' });
    const narrow = (await client.zoomLogin('one.admin')).accessToken;
    const scope = await client.zoomGet('/users', narrow);
    expect([scope.status, scope.body]).toEqual([
      400,
      { code: 4711, message: 'Invalid access token, does not contain scopes:[user:read:list_users:admin].' },
    ]);
    sandbox.control.setZoomRole('one.owner', 'member');
    expect((await client.zoomGet('/users', token)).body).toEqual({ code: 200, message: 'No permission.' });
  });

  it('keeps the accounts apart', async () => {
    const second = (await client.zoomLogin('two.owner')).accessToken;
    const [mine, theirs] = [await client.zoomUsers('active', token), await client.zoomUsers('active', second)];
    const ids = new Set(mine.map((user) => user['id']));
    expect(theirs.some((user) => ids.has(user['id']))).toBe(false);
    const foreign = await client.zoomGet(`/users/${String(theirs[8]?.['id'])}`, token);
    expect(foreign.status).toBe(404);
  });
});
