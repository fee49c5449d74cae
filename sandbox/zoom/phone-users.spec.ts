import { startSandbox, type RunningSandbox } from '../server';
import { SandboxClient } from '../testing/client';

describe('Zoom Phone users', () => {
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

  async function list(pageSize = 100): Promise<Record<string, unknown>[]> {
    const users: Record<string, unknown>[] = [];
    for (let next = ''; ;) {
      const { body } = await client.zoomGet(`/phone/users?page_size=${pageSize}&next_page_token=${next}`, token);
      users.push(...(body['users'] as Record<string, unknown>[]));
      next = String(body['next_page_token']);
      if (next === '') return users;
    }
  }

  it('lists some of the users of Zoom, each exactly once, whatever the page size', async () => {
    const whole = await list();
    expect(await list(7)).toEqual(whole);
    const statuses = ['active', 'inactive', 'pending'];
    const all = (await Promise.all(statuses.map((status) => client.zoomUsers(status, token)))).flat();
    const known = new Map(all.map((user) => [user['email'], user['id']]));
    expect(whole.filter((user) => known.get(user['email']) !== user['id'] || !known.has(user['email']))).toEqual([]);
    expect(new Set(whole.map((user) => user['email'])).size).toBe(whole.length);
    expect([whole.length > 60, whole.length < 100]).toEqual([true, true]);
    expect(new Set(whole.map((user) => user['status']))).toEqual(new Set(['activate', 'deactivate']));
    expect(whole.filter((user) => user['id'] === undefined).length).toBeGreaterThan(0);
    const { body } = await client.zoomGet('/phone/users', token);
    expect([body['page_size'], body['total_records']]).toEqual([30, whole.length]);
  });

  it('gives and takes licences', async () => {
    const change = (body: object): Promise<unknown> => client.postJson(`${sandbox.baseUrl}/_control/mutations`, body);
    const before = (await list()).length;
    await change({ action: 'set-zoom-phone', index: 0, zoomPhone: 'activate' });
    expect(await list()).toHaveLength(before + 1);
    await change({ action: 'set-zoom-phone', index: 0, zoomPhone: 'none' });
    await change({ action: 'set-zoom-phone', index: 1, zoomPhone: 'none' });
    expect(await list()).toHaveLength(before - 1);
  });

  it.each([
    ['not-enabled', 403, 2031, 'Zoom Phone has not been enabled for this account.'],
    ['no-permission', 400, 200, 'No permission.'],
    ['other-site', 400, 124, expect.stringContaining('does not belong to the target sites')],
  ] as const)('refuses all when set to %s', async (zoomPhone, status, code, message) => {
    sandbox.control.configure({ zoomPhone });
    const answer = await client.zoomGet('/phone/users', token);
    expect([answer.status, answer.body]).toEqual([status, { code, message }]);
  });

  it.each([
    ['400', 400],
    ['401', 401],
    ['403', 403],
  ] as const)('refuses tokens without the scope, under %s', async (zoomScopeStatus, status) => {
    sandbox.control.configure({ zoomScope: 'user:read:list_users:admin', zoomScopeStatus });
    const { accessToken } = await client.zoomLogin('one.admin');
    const answer = await client.zoomGet('/phone/users', accessToken);
    expect([answer.status, answer.body]).toEqual([
      status,
      { code: 4711, message: 'Invalid access token, does not contain scopes:[phone:read:list_users:admin].' },
    ]);
  });

  it('refuses large pages, page tokens of another list and old ones', async () => {
    expect((await client.zoomGet('/phone/users?page_size=101', token)).body['code']).toBe(300);
    const foreign = (await client.zoomGet('/users?page_size=10', token)).body['next_page_token'];
    const own = (await client.zoomGet('/phone/users?page_size=10', token)).body['next_page_token'];
    const follow = (next: unknown): ReturnType<SandboxClient['zoomGet']> =>
      client.zoomGet(`/phone/users?page_size=10&next_page_token=${String(next)}`, token);
    expect((await follow(own)).status).toBe(200);
    const expired = [400, { code: 400, message: 'The next page token is invalid or expired.' }];
    const refused = await follow(foreign);
    expect([refused.status, refused.body]).toEqual(expired);
    sandbox.control.advanceClock(15 * 60_000);
    const late = await follow(own);
    expect([late.status, late.body]).toEqual(expired);
  });
});
