import { startSandbox, type RunningSandbox } from './server';
import { nextOf, SandboxClient, type Reply } from './testing/client';
import { FaultBook, type Fault } from './faults';

const NOW = Date.UTC(2026, 10, 24, 12, 0, 0, 250);
const PSI = '/2017-09-01/accounts/c1000000-0000-4000-8000-000000000001/psi/users?$top=10';

describe('FaultBook', () => {
  it('plays a fault as often as asked, after as many requests as asked, on its kind only', () => {
    const book = new FaultBook();
    book.set({ kind: 'zoom.users', fault: '500', after: 2, times: 1 });
    expect(book.take(['zoom.user'])).toBeUndefined();
    const taken = [1, 2, 3, 4].map(() => book.take(['zoom.users'])?.fault);
    expect(taken).toEqual([undefined, undefined, '500', undefined]);
    expect(book.list()).toEqual([]);
  });

  it('matches a special kind by its general name, and plays two faults one after the other', () => {
    const book = new FaultBook();
    book.set({ kind: 'zoom.token', fault: '500', times: 1 });
    book.set({ kind: 'zoom.token.refresh_token', fault: '429', times: 1 });
    const kinds = ['zoom.token', 'zoom.token.refresh_token'];
    expect([book.take(kinds)?.fault, book.take(kinds)?.fault, book.take(kinds)]).toEqual(['500', '429', undefined]);
  });
});

describe('faults over HTTP', () => {
  let sandbox: RunningSandbox;
  let client: SandboxClient;
  let zoom: string;
  let cloudlink: string;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, users: 50, now: () => NOW });
    client = new SandboxClient(sandbox);
    zoom = (await client.zoomLogin()).accessToken;
    cloudlink = (await client.cloudlinkLogin()).accessToken;
  });
  beforeEach(() => sandbox.control.reset());
  afterAll(() => sandbox.stop());

  const psi = (fault: Omit<Fault, 'kind'>): Promise<Reply> => {
    sandbox.control.setFault({ kind: 'cloudlink.psi', times: 1, ...fault });
    return client.cloudlinkGet(PSI, cloudlink);
  };
  const users = (fault: Omit<Fault, 'kind'>): Promise<Reply> => {
    sandbox.control.setFault({ kind: 'zoom.users', times: 1, ...fault });
    return client.zoomGet('/users', zoom);
  };

  it.each([
    [{ retryAfter: 'seconds', seconds: 7 }, '7'],
    [{ retryAfter: 'http-date', seconds: 7 }, 'Tue, 24 Nov 2026 12:00:08 GMT'],
    [{ retryAfter: 'iso-date', seconds: 7 }, '2026-11-24T12:00:08Z'],
    [{ retryAfter: 'none' }, null],
    [{}, '1'],
  ] as const)('429 with %p', async (form, header) => {
    for (const reply of [await psi({ fault: '429', ...form }), await users({ fault: '429', ...form })]) {
      expect(reply.status).toBe(429);
      expect(reply.headers.get('retry-after')).toBe(header);
    }
  });

  it('speaks each provider’s own language', async () => {
    expect((await psi({ fault: '429' })).body).toEqual({
      name: 'TooManyRequests',
      message: 'There were too many requests. Please try again.',
    });
    expect((await psi({ fault: '504' })).body).toMatchObject({ name: 'GatewayTimeout' });
    expect((await users({ fault: '401' })).body).toEqual({ code: 124, message: 'Access token is expired.' });
    expect((await users({ fault: '429' })).body).toMatchObject({ code: 429 });
    expect((await users({ fault: '403' })).body['message']).toContain('has been denied for this account');
    expect((await users({ fault: '500' })).headers.get('x-zm-trackingid')).not.toBeNull();
    expect((await psi({ fault: '500' })).headers.get('x-mitel-correlation-id')).not.toBeNull();
  });

  it('breaks answers: HTML, half a document, no answer', async () => {
    const html = await psi({ fault: 'html', status: 200 });
    expect([html.status, html.headers.get('content-type')]).toEqual([200, 'text/html;charset=UTF-8']);
    const half = await psi({ fault: 'truncated-json' });
    expect(half.status).toBe(200);
    expect(() => JSON.parse(half.text) as unknown).toThrow(SyntaxError);
    await expect(psi({ fault: 'reset' })).rejects.toThrow('fetch failed');
    expect((await client.cloudlinkGet(PSI, cloudlink)).status).toBe(200);
  });

  it('traces every answer, also of paths that do not exist and bodies that cannot be read', async () => {
    expect((await client.get(`${sandbox.urls.zoomApi}/nothing`)).headers.get('x-zm-trackingid')).not.toBeNull();
    expect(
      (await client.get(`${sandbox.urls.cloudlinkAdmin}/nothing`)).headers.get('x-mitel-correlation-id'),
    ).not.toBeNull();
    const headers = { 'content-type': 'application/json' };
    const broken = await fetch(`${sandbox.urls.cloudlinkAuth}/2017-09-01/token`, {
      method: 'POST',
      body: '{',
      headers,
    });
    expect(broken.status).toBe(400);
    expect(broken.headers.get('x-mitel-correlation-id')).not.toBeNull();
  });

  it('is slow', async () => {
    const started = performance.now();
    expect((await psi({ fault: 'slow', ms: 120 })).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(110);
  });

  it('bends lists: empty, in a circle, to another host', async () => {
    const empty = await psi({ fault: 'empty-list' });
    expect(empty.body).toMatchObject({ count: 0 });
    expect(empty.body).not.toHaveProperty('_embedded');
    expect((await users({ fault: 'empty-list' })).body).toMatchObject({ users: [], next_page_token: '' });
    expect(nextOf(await psi({ fault: 'next-loop' }))).toBe(PSI);
    expect(nextOf(await psi({ fault: 'foreign-next' }))).toMatch(/^https:\/\/elsewhere\.invalid\/2017-09-01\//);
    expect(nextOf(await psi({ fault: 'foreign-next', origin: 'http://127.0.0.1:9' }))).toMatch(
      /^http:\/\/127\.0\.0\.1:9\//,
    );
  });

  it('is set, listed and cleared through the control door, which refuses what it would never play', async () => {
    const door = `${sandbox.baseUrl}/_control/faults`;
    expect((await client.postJson(door, { kind: 'zoom.users', fault: '500' })).status).toBe(201);
    expect((await client.get(door)).body).toEqual({ items: [{ kind: 'zoom.users', fault: '500' }] });
    expect((await client.zoomGet('/users', zoom)).status).toBe(500);
    expect((await fetch(door, { method: 'DELETE' })).status).toBe(204);
    expect((await client.zoomGet('/users', zoom)).status).toBe(200);
    expect((await client.postJson(door, { kind: 'zoom.users', fault: 'typo' })).status).toBe(400);
    expect((await client.postJson(door, { kind: 'users', fault: '500' })).status).toBe(400);
  });

  it('counts requests and shows them without queries', async () => {
    await client.cloudlinkGet(PSI, cloudlink);
    const { body } = await client.get(`${sandbox.baseUrl}/_control/requests`);
    expect(body).toMatchObject({
      counts: { 'cloudlink.psi': 1 },
      recent: [{ method: 'GET', kind: 'cloudlink.psi', status: 200 }],
    });
    expect(JSON.stringify(body)).not.toContain('$top');
  });

  it('changes the directory through the control door', async () => {
    const mutate = (body: unknown): Promise<Reply> => client.postJson(`${sandbox.baseUrl}/_control/mutations`, body);
    expect((await mutate({ action: 'insert-user', at: 'end' })).body).toEqual({ index: 50 });
    expect((await mutate({ action: 'change-credential', index: 3 })).status).toBe(200);
    expect((await mutate({ action: 'change-credential', index: 999 })).status).toBe(400);
    expect((await mutate({ action: 'set-zoom-role', person: 'nobody', role: 'admin' })).status).toBe(400);
    expect((await mutate({ action: 'empty-list' })).status).toBe(200);
    expect((await client.cloudlinkGet(PSI, cloudlink)).body).toMatchObject({ count: 0 });
    expect((await client.postJson(`${sandbox.baseUrl}/_control/settings`, { nextLinks: 1 })).status).toBe(400);
  });
});
