import { credentialFor } from '../directory/credential-for';
import { startSandbox, type RunningSandbox } from '../server';
import { itemsOf, nextOf, SandboxClient, type Reply } from '../testing/client';

const ACCOUNT = 'c1000000-0000-4000-8000-000000000001';
const PATH = `/2017-09-01/accounts/${ACCOUNT}/psi/users`;

describe('the PSI resource', () => {
  let sandbox: RunningSandbox;
  let client: SandboxClient;
  let token: string;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, users: 250 });
    client = new SandboxClient(sandbox);
    token = (await client.cloudlinkLogin()).accessToken;
  });
  beforeEach(() => sandbox.control.reset());
  afterAll(() => sandbox.stop());

  const page = (query: string): Promise<Reply> => client.cloudlinkGet(`${PATH}?${query}`, token);

  it('yields each user exactly once, whatever the page size', async () => {
    const whole = await client.psiItems(ACCOUNT, token);
    expect(await client.psiItems(ACCOUNT, token, 7)).toEqual(whole);
    expect(new Set(whole.map((item) => item['userId'])).size).toBe(whole.length);
  });

  it('links to the next page relative to the service, or absolutely', async () => {
    expect(nextOf(await page('$top=100'))).toMatch(new RegExp(`^${PATH}\\?\\$top=100&\\$skiptoken=`));
    sandbox.control.configure({ nextLinks: 'absolute' });
    expect(nextOf(await page('$top=100'))).toMatch(new RegExp(`^${sandbox.urls.cloudlinkAdmin}${PATH}\\?`));
    expect(await client.psiItems(ACCOUNT, token, 100)).toHaveLength(242);
  });

  it('has sip when, and only when, the status is ready', async () => {
    const items = await client.psiItems(ACCOUNT, token);
    expect(new Set(items.map((item) => item['status']))).toEqual(new Set(['ready', 'pending', 'revoked']));
    expect(items.every((item) => (item['status'] === 'ready') === 'sip' in item)).toBe(true);
    expect(new Set(items.map((item) => (item['pbx'] as { type: string }).type))).toEqual(
      new Set(['OSV', 'OS4K', 'MIVB']),
    );
  });

  it('hands over the digests of the directory', async () => {
    const [first] = await client.psiItems(ACCOUNT, token);
    const { userName, authUserName, realm, ha1 } = credentialFor(0);
    expect(first?.['sip']).toMatchObject({
      userName,
      authUserName,
      realm,
      credentials: [
        { algorithm: 'MD5', ha1: ha1.MD5 },
        { algorithm: 'SHA-256', ha1: ha1['SHA-256'] },
      ],
    });
  });

  it('carries stray passwords for some users, unless switched off', async () => {
    const { password } = credentialFor(3);
    expect((await page('$top=1000')).text).toContain(`"password":"${password}"`);
    sandbox.control.configure({ strayPasswords: false });
    expect((await page('$top=1000')).text).not.toContain('assword"');
  });

  it('leaves _embedded out of an empty page', async () => {
    sandbox.control.keepFirst(1, 0);
    const empty = await page('$top=10');
    expect(empty.body).toEqual({ count: 0, _links: { self: `${PATH}?$top=10` } });
    sandbox.control.keepFirst(1, 5);
    sandbox.control.configure({ trailingEmptyPage: true });
    const last = await page('$top=10');
    expect(itemsOf(last)).toHaveLength(5);
    expect((await client.cloudlinkGet(nextOf(last) ?? '', token)).body).not.toHaveProperty('_embedded');
  });

  it('filters by modifiedOn', async () => {
    const before = new Date().toISOString();
    sandbox.control.changeCredential(1, 8);
    const filter = encodeURIComponent(`modifiedOn ge '${before}'`);
    const changed = itemsOf(await page(`$filter=${filter}`));
    expect(changed).toHaveLength(1);
    expect(changed[0]?.['sip']).toMatchObject({ credentials: [{ ha1: credentialFor(8, { generation: 1 }).ha1.MD5 }] });
    expect((await page('$filter=name%20eq%20x')).status).toBe(400);
    const { modifiedOn } = changed[0] ?? {};
    const after = (operator: string): Promise<Reply> =>
      page(`$filter=${encodeURIComponent(`modifiedOn ${operator} '${String(modifiedOn)}'`)}`);
    expect(itemsOf(await after('ge'))).toHaveLength(1);
    expect(itemsOf(await after('gt'))).toHaveLength(0);
  });

  it('ignores or refuses the filter where it is told to, and never finds who does not say when they were changed', async () => {
    const filter = `$filter=${encodeURIComponent("modifiedOn gt '2000-01-01T00:00:00Z'")}&$top=1000`;
    const whole = itemsOf(await page('$top=1000')).length;
    expect(itemsOf(await page(filter))).toHaveLength(whole);
    sandbox.control.configure({ psiModifiedOn: 'some' });
    expect(itemsOf(await page('$top=1000'))).toHaveLength(whole);
    expect(itemsOf(await page(filter)).every((item) => 'modifiedOn' in item)).toBe(true);
    sandbox.control.configure({ psiFilter: 'ignored' });
    expect(itemsOf(await page(filter))).toHaveLength(whole);
    sandbox.control.configure({ psiFilter: '501' });
    expect((await page(filter)).body).toMatchObject({ name: 'NotImplemented' });
    expect((await page('$top=1')).status).toBe(200);
  });

  it('changes many at once', async () => {
    const before = new Date().toISOString();
    expect(sandbox.control.changeCredentials(1, 50)).toBe(5);
    const filter = encodeURIComponent(`modifiedOn ge '${before}'`);
    expect(itemsOf(await page(`$filter=${filter}`)).map((item) => item['extension'])).toEqual(
      [0, 50, 100, 150, 200].map((position) => String(2000 + position)),
    );
    expect(() => sandbox.control.changeCredentials(1, 0)).toThrow(RangeError);
  });

  it.each(['$top=0', '$top=1001', '$top=x', '$skiptoken=forged'])('refuses %s', async (query) => {
    expect((await page(query)).body).toMatchObject({ name: 'BadRequest' });
  });

  it('adds and removes users while somebody reads; with offset paging one comes twice or never', async () => {
    const rest = async (first: Reply): Promise<unknown[]> =>
      itemsOf(await client.cloudlinkGet(nextOf(first) ?? '', token)).map((item) => item['extension']);
    const first = await page('$top=3');
    sandbox.control.addUser(1, 'front');
    expect((await rest(first))[0]).toBe('2003');
    sandbox.control.configure({ paging: 'offset' });
    expect((await rest(first))[0]).toBe('2002');
    sandbox.control.reset();
    const again = await page('$top=3');
    sandbox.control.configure({ paging: 'offset' });
    sandbox.control.setAtCloudlink(1, 0, false);
    expect((await rest(again))[0]).toBe('2004');
  });

  it('shows added users at either end, with accounts at Zoom', async () => {
    const front = sandbox.control.addUser(1, 'front', { email: 'Front.Neu@nordwind.example' });
    const end = sandbox.control.addUser(1, 'end', { email: 'End.Neu@nordwind.example' });
    expect([front, end]).toEqual([-1, 250]);
    const emails = (await client.psiItems(ACCOUNT, token, 50)).map((item) => item['email']);
    expect([emails[0], emails.at(-1)]).toEqual(['front.neu@nordwind.example', 'end.neu@nordwind.example']);
    const zoom = (await client.zoomLogin()).accessToken;
    expect((await client.zoomGet('/users/front.neu@nordwind.example', zoom)).status).toBe(200);
  });

  it('is for admins of the account, and for their partner', async () => {
    const as = async (person: string): Promise<number> =>
      (await client.cloudlinkGet(PATH, (await client.cloudlinkLogin(person)).accessToken)).status;
    expect(await as('one.partner-admin')).toBe(200);
    expect(await as('one.user')).toBe(403);
    expect(await as('two.account-admin')).toBe(403);
    expect((await client.cloudlinkGet(PATH.replace('c1', 'c9'), token)).status).toBe(404);
  });
});

describe('CloudLink accounts and users', () => {
  let sandbox: RunningSandbox;
  let client: SandboxClient;
  let token: string;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, users: 30 });
    client = new SandboxClient(sandbox);
    token = (await client.cloudlinkLogin()).accessToken;
  });
  afterAll(() => sandbox.stop());

  it('shows the admin’s own account', async () => {
    const list = await client.cloudlinkGet('/2017-09-01/accounts', token);
    expect(itemsOf(list)).toMatchObject([{ accountId: ACCOUNT, name: 'Nordwind GmbH' }]);
    expect((await client.cloudlinkGet(`/2017-09-01/accounts/${ACCOUNT}`, token)).body).toMatchObject({
      accountId: ACCOUNT,
    });
  });

  it('lists users and logins once each, with sipPassword', async () => {
    const users: Record<string, unknown>[] = [];
    let link: string | undefined = `/2017-09-01/accounts/${ACCOUNT}/users?$top=7`;
    while (link !== undefined) {
      const reply: Reply = await client.cloudlinkGet(link, token);
      users.push(...itemsOf(reply));
      link = nextOf(reply);
    }
    // 30 users, one of them unknown to CloudLink, and four logins
    expect(new Set(users.map((user) => user['userId'])).size).toBe(33);
    expect(users.every((user) => typeof user['sipPassword'] === 'string')).toBe(true);
    const one = await client.cloudlinkGet(
      `/2017-09-01/accounts/${ACCOUNT}/users/${String(users[9]?.['userId'])}`,
      token,
    );
    expect(one.body).toEqual(users[9]);
  });
});
