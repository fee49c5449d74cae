import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { UsersApp } from './users-app';

describe('limits per client', () => {
  let users: UsersApp;
  beforeAll(async () => {
    users = await UsersApp.start({ CLIENT_RATE_LIMIT: '20' });
    await users.addUser({ email: 'limit@example.com' });
  });
  afterAll(() => users.stop());

  const ask = (token: string, path = '/users/limit@example.com/status'): Promise<Response> =>
    fetch(`${users.url}/v1/connectors/${users.connectorId}${path}`, { headers: { authorization: `Bearer ${token}` } });

  /** Requests of one second: on a machine that was busy elsewhere, once more. */
  async function burst(token: string, n: number): Promise<Response[]> {
    for (;;) {
      await sleep(1100);
      const began = performance.now();
      const answers = await Promise.all(Array.from({ length: n }, () => ask(token)));
      if (performance.now() - began < 900) return answers;
    }
  }

  it('answer 429 to a client that asks too often, say when it may again, and leave others alone', async () => {
    const [wild, calm] = [await users.token(['status:read']), await users.token(['status:read', 'sync:run'])];
    const answers = await burst(wild, 30);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers.get('ratelimit-policy')).toBe('"client";q=20;w=1');
    expect(refused?.headers.get('ratelimit')).toBe('"client";r=0;t=1');
    expect(refused?.headers.get('retry-after')).toBe('1');
    expect(refused?.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await refused?.json()).toMatchObject({ status: 429, code: 'too_many_requests' });
    const other = await ask(calm);
    expect([other.status, other.headers.get('ratelimit')]).toEqual([200, '"client";r=19;t=1']);
    await sleep(1100);
    expect((await ask(wild)).status).toBe(200);
  });

  it('count an app by itself, and not against the client that made its token', async () => {
    const token = await users.token();
    await sleep(1100);
    const made = await fetch(`${users.url}/v1/connectors/${users.connectorId}/users/limit@example.com/app-tokens`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ platform: 'desktop' }),
    });
    const { access_token: app } = (await made.json()) as { access_token: string };
    const answers = await burst(app, 60);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(50);
    expect(answers.find(({ status }) => status === 429)?.headers.get('ratelimit-policy')).toBe('"app";q=50;w=1');
    expect((await ask(token)).status).toBe(200);
  });

  it('never count who has no valid token', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => ask('made.up.token')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(answers[0]?.headers.get('ratelimit')).toBeNull();
  });

  it('send the headers that keep browsers from misuse', async () => {
    const answer = await ask('made.up.token');
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    });
  });

  it('take no body beyond a mebibyte, and no head beyond what Node takes', async () => {
    const { status } = await users.put('/limit@example.com/registrations/d1', `"${'x'.repeat(1024 * 1024)}"`);
    expect(status).toBe(413);
    const { hostname, port } = new URL(users.url);
    const socket = connect(Number(port), hostname);
    socket.write(`GET / HTTP/1.1\r\nhost: x\r\nx-long: ${'y'.repeat(20_000)}\r\n\r\n`);
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    await new Promise((resolve) => socket.once('close', resolve));
    expect(text).toMatch(/^HTTP\/1\.1 4\d\d /);
  });
});
