import { startSandbox, type RunningSandbox } from '../server';
import { SandboxClient, type Reply } from '../testing/client';
import { cloudlinkCall, type ServiceReply } from '../testing/cloudlink-service';

const ACCOUNT = 'c1000000-0000-4000-8000-000000000001';
const OTHER = 'c2000000-0000-4000-8000-000000000002';
const PATH = `/2017-09-01/accounts/${ACCOUNT}/clients`;
const INVALID = { name: 'InvalidClientError', message: 'Invalid client id or secret.' };

describe('CloudLink service clients', () => {
  let sandbox: RunningSandbox;
  let client: SandboxClient;
  let admin: string;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, users: 20 });
    client = new SandboxClient(sandbox);
    admin = (await client.cloudlinkLogin()).accessToken;
  });
  beforeEach(() => {
    sandbox.control.reset();
    for (const { clientId } of sandbox.control.serviceClients()) sandbox.control.removeServiceClient(String(clientId));
  });
  afterAll(() => sandbox.stop());

  const call = (method: string, path = PATH, token = admin, body?: unknown): Promise<ServiceReply> =>
    cloudlinkCall(sandbox, 'cloudlinkAdmin', { method, path, token, body });
  const create = (change: Record<string, unknown> = {}, token = admin, path = PATH): Promise<ServiceReply> =>
    call('POST', path, token, { type: 'APP', role: 'ACCOUNT_ADMIN', ...change });
  const token = (created: ServiceReply, change: Record<string, string> = {}): Promise<Reply> =>
    client.cloudlinkToken({
      grant_type: 'client_credentials',
      client_id: String(created.body['clientId']),
      client_secret: String(created.body['clientSecret']),
      account_id: '700100001',
      ...change,
    });
  const accessToken = async (created: ServiceReply): Promise<string> =>
    String((await token(created)).body['access_token']);
  const psi = async (access: string): Promise<number> =>
    (await client.cloudlinkGet(`/2017-09-01/accounts/${ACCOUNT}/psi/users`, access)).status;

  it('shows the secret once, in the answer to the creation', async () => {
    const created = await create({ name: 'Köpplung' });
    expect(created).toEqual({
      status: 201,
      body: {
        clientId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        clientSecret: expect.stringMatching(/.{32}/),
        accountId: ACCOUNT,
        type: 'APP',
        role: 'ACCOUNT_ADMIN',
        name: 'Köpplung',
        createdOn: expect.any(String),
        _links: { self: `${PATH}/${String(created.body['clientId'])}` },
      },
    });
    const { clientSecret, ...shown } = created.body;
    const listed = await call('GET');
    expect(listed.body).toMatchObject({ count: 1, _embedded: { items: [shown] } });
    expect((await call('GET', `${PATH}/${String(shown['clientId'])}`)).body).toEqual(shown);
    expect(JSON.stringify([listed, sandbox.control.serviceClients()])).not.toContain(String(clientSecret));
  });

  it('takes a given id once, and refuses what it does not know', async () => {
    expect((await create({ clientId: 'my-client' })).body['clientId']).toBe('my-client');
    expect((await create({ clientId: 'my-client' })).status).toBe(409);
    expect((await create({ type: 'USER' })).status).toBe(400);
    expect((await create({ role: 'KING' })).status).toBe(400);
  });

  it('is for admins of the account, and makes nobody more than its maker', async () => {
    const user = (await client.cloudlinkLogin('one.user')).accessToken;
    expect((await create({}, user)).status).toBe(403);
    expect((await create({}, admin, `/2017-09-01/accounts/${OTHER}/clients`)).status).toBe(403);
    expect((await create({ role: 'PARTNER_ADMIN' })).status).toBe(403);
    const partner = (await client.cloudlinkLogin('one.partner-admin')).accessToken;
    const made = await create({ role: 'PARTNER_ADMIN' }, partner);
    expect(made.status).toBe(201);
    const elsewhere = `/2017-09-01/accounts/${OTHER}/clients/${String(made.body['clientId'])}`;
    expect((await call('GET', elsewhere, partner)).status).toBe(404);
  });

  it('gets tokens without a refresh token, by number or GUID of the account', async () => {
    const created = await create();
    const answer = await token(created);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      token_type: 'bearer',
      expires_in: expect.any(Number),
      access_token: expect.any(String),
      scope: 'read write',
    });
    expect(Number(answer.body['expires_in'])).toBeGreaterThanOrEqual(3600);
    expect((await token(created, { account_id: ACCOUNT })).status).toBe(200);
    // The first token lives on beside the second, until it expires.
    expect(await psi(String(answer.body['access_token']))).toBe(200);
    sandbox.control.expireAccessTokens('cloudlink');
    expect(await psi(String(answer.body['access_token']))).toBe(401);
    expect(await psi(await accessToken(created))).toBe(200);
    admin = (await client.cloudlinkLogin()).accessToken;
  });

  it('refuses a wrong secret, id or account with an error of its own', async () => {
    const created = await create();
    const mistakes: Record<string, string>[] = [
      { client_secret: 'x' },
      { client_id: 'x' },
      { account_id: '700100002' },
    ];
    for (const wrong of mistakes) {
      const reply = await token(created, wrong);
      expect([reply.status, reply.body]).toEqual([401, INVALID]);
    }
  });

  it('says who it is, and may do what its role may', async () => {
    const created = await create();
    const access = await accessToken(created);
    const me = await client.get(`${sandbox.urls.cloudlinkAuth}/2017-09-01/token`, { authorization: access });
    expect(me.body).toMatchObject({
      role: 'ACCOUNT_ADMIN',
      accountId: ACCOUNT,
      userId: created.body['clientId'],
      email: '',
    });
    expect(await psi(access)).toBe(200);
    expect((await call('GET', `/2017-09-01/accounts/${ACCOUNT}/users`, access)).status).toBe(200);
    expect((await call('GET', `/2017-09-01/accounts/${OTHER}/users`, access)).status).toBe(403);
    expect(await psi(await accessToken(await create({ role: 'USER' })))).toBe(403);
  });

  it('works on when its maker has left', async () => {
    const created = await create();
    sandbox.control.removePerson('cloudlink', 'one.account-admin');
    expect((await call('GET')).status).toBe(401);
    expect(await psi(await accessToken(created))).toBe(200);
  });

  it('is dead with its tokens when removed, by the API or the control', async () => {
    const [one, two] = [await create(), await create()];
    const [first, second] = [await accessToken(one), await accessToken(two)];
    expect((await call('DELETE', `${PATH}/${String(one.body['clientId'])}`)).status).toBe(204);
    expect([await psi(first), await psi(second)]).toEqual([401, 200]);
    sandbox.control.removeServiceClient(String(two.body['clientId']));
    expect(await psi(second)).toBe(401);
    expect((await token(two)).body).toEqual(INVALID);
    // Another client of that name does not bring the old one's tokens back.
    await create({ clientId: two.body['clientId'] });
    expect(await psi(second)).toBe(401);
    expect(() => sandbox.control.removeServiceClient('nobody')).toThrow(RangeError);
    expect((await call('GET', `${PATH}/${String(one.body['clientId'])}`)).status).toBe(404);
  });

  it('can be refused altogether, while existing clients work on', async () => {
    const created = await create();
    sandbox.control.configure({ serviceClients: 'refused' });
    expect([(await create()).status, (await call('GET')).status]).toEqual([403, 403]);
    expect(await psi(await accessToken(created))).toBe(200);
  });

  it('survives a reset', async () => {
    const created = await create();
    sandbox.control.reset();
    expect(await psi(await accessToken(created))).toBe(200);
  });
});
