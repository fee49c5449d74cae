import { request as send, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { Client } from 'pg';
import { until } from '../support/program';
import { EXPECTED } from './hot-routes.expected';
import { UsersApp } from './users-app';

interface Ask {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
  /** `none`: without one; else the token of this test by its name. */
  token?: string;
}

const OTHER = '00000000-0000-4000-8000-000000000000';
const REPORT = '{"platform":"desktop","outcome":"registered","expiresIn":3600}';
const LONG = `${'a'.repeat(260)}@example.com`;
const STATUS = '/users/hot@example.com/status';
const DEVICE = '/users/hot@example.com/registrations/d1';

const get = (path: string, more: Partial<Ask> = {}): Ask => ({ path, ...more });
const put = (path: string, body: string, more: Partial<Ask> = {}): Ask => ({
  method: 'PUT',
  path,
  body,
  ...more,
  headers: { 'content-type': 'application/json', ...more.headers },
});

/** Every kind of answer that the two routes have which Fastify answers without Nest. */
const ASKS: Record<string, Ask> = {
  'a report': put(DEVICE, REPORT),
  'the same report': put(DEVICE, REPORT),
  'a failure': put(
    '/users/hot@example.com/registrations/d2',
    '{"platform":"mobile","outcome":"failed","sip":{"code":503,"source":"client"}}',
  ),
  'a report of an app': put(DEVICE, REPORT, { token: 'app' }),
  'a report of an app for another platform': put(DEVICE, REPORT.replace('desktop', 'mobile'), { token: 'app' }),
  'a report of an app for another user': put('/users/new@example.com/registrations/d1', REPORT, { token: 'app' }),
  'a report with wrong fields': put(DEVICE, '{"platform":"tv","outcome":"registered","more":1,"sip":{"code":9}}'),
  'a report whose fields do not fit': put(DEVICE, '{"platform":"desktop","outcome":"registered"}'),
  'a report that is no object': put(DEVICE, '[]'),
  'a report that is no JSON': put(DEVICE, '{"platform'),
  'a report with a NUL': put(DEVICE, '{"platform":"desktop\\u0000","outcome":"registered"}'),
  'a report without a body': put(DEVICE, ''),
  'a report as text': put(DEVICE, REPORT, { headers: { 'content-type': 'text/plain' } }),
  'a report of 2 MiB': put(DEVICE, `{"platform":"${'x'.repeat(2 ** 21)}"}`),
  'a device id that is not ASCII': put('/users/hot@example.com/registrations/%C3%A4', REPORT),
  'a device id that is empty': put('/users/hot@example.com/registrations/', REPORT),
  'a user and a device that are wrong': put(`/users/${LONG}/registrations/%C3%A4`, '{}'),
  'a report of nobody': put('/users/nobody@example.com/registrations/d1', REPORT),
  'a report of a user without credential': put('/users/new@example.com/registrations/d1', REPORT),
  'a report without a token': put(DEVICE, REPORT, { token: 'none' }),
  'a report without the scope': put(DEVICE, REPORT, { token: 'poor' }),
  'another method on a report': get(DEVICE),
  'a status': get(STATUS),
  'a status by Zoom id': get('/users/HotZoomId/status'),
  'a status in any case': get('/users/Hot%40Example.com/status?some=thing'),
  'a status in German': get(STATUS, { headers: { 'accept-language': 'fr, de;q=0.8, en;q=0.2' } }),
  'a status that is known': get(STATUS, { headers: { 'if-none-match': '*' } }),
  'a status that was another': get(STATUS, { headers: { 'if-none-match': 'W/"other", "one"' } }),
  'a status whose type does not matter': get(STATUS, { headers: { accept: 'text/plain' } }),
  'a status with an id that is not kept': get(STATUS, { headers: { 'x-request-id': 'äöü' } }),
  'a status for an app': get(STATUS, { token: 'app' }),
  'a status for another app': get('/users/new@example.com/status', { token: 'app' }),
  'HEAD of a status': get(STATUS, { method: 'HEAD' }),
  'HEAD of nobody': get('/users/nobody@example.com/status', { method: 'HEAD' }),
  'OPTIONS of a status': get(STATUS, { method: 'OPTIONS' }),
  'DELETE of a status': get(STATUS, { method: 'DELETE' }),
  'a status of nobody': get('/users/nobody@example.com/status', { headers: { 'accept-language': 'de' } }),
  'a status of a name that is too long': get(`/users/${LONG}/status`, { headers: { 'accept-language': 'de' } }),
  'a status of an empty name': get('/users//status'),
  'a status of a NUL': get('/users/a%00b/status'),
  'a status of a broken escape': get('/users/%zz/status'),
  'a status without a token': get(STATUS, { token: 'none' }),
  'a status with another scheme': get(STATUS, { token: 'none', headers: { authorization: 'Basic abc' } }),
  'a status with a made up token': get(STATUS, { token: 'none', headers: { authorization: 'Bearer a.b.c' } }),
  'a status with an endless token': get(STATUS, {
    token: 'none',
    headers: { authorization: `Bearer ${'a'.repeat(5000)}` },
  }),
  'a status without the scope': get(STATUS, { token: 'other' }),
  'a status of another connector': get(`/../${OTHER}${STATUS}`),
};

describe('the routes that are asked most', () => {
  let users: UsersApp;
  const tokens: Record<string, string> = {};
  let connectorId: string;
  beforeAll(async () => {
    users = await UsersApp.start();
    ({ connectorId } = users);
    await users.addUser({ email: 'hot@example.com', zoomUserId: 'HotZoomId' });
    await users.addUser({ email: 'new@example.com', zoomUserId: null, credential: 'none' });
    tokens['full'] = await users.token();
    tokens['poor'] = await users.token(['status:read']);
    tokens['other'] = await users.token(['sync:run']);
    const made = await ask(users, {
      ...put('/users/hot@example.com/app-tokens', '{"platform":"desktop"}'),
      method: 'POST',
    });
    tokens['app'] = (JSON.parse(made.body) as { access_token: string }).access_token;
  });
  afterAll(() => users.stop());

  function ask(of: UsersApp, { method = 'GET', path, headers = {}, body, token = 'full' }: Ask): Promise<Seen> {
    const full = `/v1/connectors/${connectorId}${path}`.replace(/[^/]+\/\.\.\//, '');
    return new Promise((resolve, reject) => {
      const request = send(
        `${of.url}${full}`,
        {
          method,
          path: full,
          headers: {
            'x-request-id': 'request-0001',
            ...(token === 'none' ? {} : { authorization: `Bearer ${tokens[token]}` }),
            ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
            ...headers,
          },
        },
        (answer) => void read(answer).then(resolve, reject),
      );
      // The server may have answered and closed before it has read a body that is too large.
      request.on('error', reject);
      request.end(body);
    });
  }

  /** A report of which each piece leaves by itself. */
  function sendPieces(headers: Record<string, string>, texts: (string | Buffer)[]): Promise<Seen> {
    const pieces = texts.map((text) => Buffer.from(text));
    const length = 'transfer-encoding' in headers ? {} : { 'content-length': String(Buffer.concat(pieces).length) };
    const path = `/v1/connectors/${connectorId}${DEVICE}`;
    const common = { 'x-request-id': 'request-0001', authorization: `Bearer ${tokens['full']}` };
    return new Promise((resolve, reject) => {
      const options = { method: 'PUT', headers: { ...common, ...length, ...headers } };
      const request = send(`${users.url}${path}`, options, (answer) => void read(answer).then(resolve, reject));
      request.on('error', reject);
      request.setNoDelay(true);
      void (async () => {
        for (const piece of pieces) {
          request.write(piece);
          await new Promise((later) => setTimeout(later, 50));
        }
        request.end();
      })();
    });
  }

  it.each(Object.keys(ASKS))('answer %s with exactly these headers and this body', async (name) => {
    expect(ordinary(await ask(users, ASKS[name] as Ask))).toEqual(EXPECTED[name]);
  });

  it('answer 304 to the tag of the body, and to no other', async () => {
    const { headers } = await ask(users, get(STATUS));
    const known = await ask(users, get(STATUS, { headers: { 'if-none-match': `"x", W/${String(headers['etag'])}` } }));
    expect([known.status, known.body, known.headers['etag']]).toEqual([304, '', headers['etag']]);
    const german = await ask(
      users,
      get(STATUS, { headers: { 'if-none-match': String(headers['etag']), 'accept-language': 'de' } }),
    );
    expect(german.status).toBe(200);
  });

  it.each([
    ['with a charset', { 'content-type': 'application/json; charset=UTF-8' }, [REPORT]],
    ['in pieces', { 'content-type': 'application/json' }, [REPORT.slice(0, 9), REPORT.slice(9, 30), REPORT.slice(30)]],
    ['without a length', { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }, [REPORT]],
  ])('take a report that comes %s', async (_how, headers, pieces) => {
    const seen = await sendPieces(headers, pieces);
    expect(ordinary(seen)).toEqual(EXPECTED['the same report']);
  });

  it('refuse a report in pieces that is no JSON, a name in it that harms, and one that is too long', async () => {
    const json = { 'content-type': 'application/json' };
    expect(ordinary(await sendPieces(json, ['{"plat', 'form']))).toEqual(EXPECTED['a report that is no JSON']);
    const harmful = await sendPieces(json, ['{"__proto__":{"platform":"desktop"},', '"outcome":"registered"}']);
    expect([harmful.status, JSON.parse(harmful.body)]).toEqual([
      400,
      expect.objectContaining({ code: 'malformed_json' }),
    ]);
    // Latin-1: taken for UTF-8 it would be stored as another character.
    const latin = Buffer.from('{"platform":"desktop","outcome":"unregistered","appVersion":"\u00e9"}', 'latin1');
    const garbled = await sendPieces(json, [latin]);
    expect([garbled.status, JSON.parse(garbled.body)]).toEqual([
      400,
      expect.objectContaining({ code: 'malformed_json', detail: 'The body is not valid JSON: it is not UTF-8.' }),
    ]);
    const long = await ask(users, put(DEVICE, `{"platform":"${'x'.repeat(2 ** 20)}"}`));
    expect(ordinary(long)).toEqual(EXPECTED['a report of 2 MiB']);
  });

  it('outlive a caller who hangs up in the middle of a report', async () => {
    const before = users.lines.length;
    const { hostname, port } = new URL(users.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `PUT /v1/connectors/${connectorId}${DEVICE} HTTP/1.1\r\nhost: x\r\nx-request-id: hangs-up-0001\r\n` +
        `authorization: Bearer ${tokens['full']}\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{"plat`,
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    socket.destroy();
    const ended = await until('the request to end', async () =>
      users.lines.slice(before).find((line) => line.includes('hangs-up-0001')),
    );
    expect(ended).toContain('"status":400');
    expect(users.lines.slice(before).filter((line) => line.includes('"level":50'))).toEqual([]);
    expect(ordinary(await ask(users, ASKS['the same report'] as Ask))).toEqual(EXPECTED['the same report']);
  });

  it('tell both how much of the limit is left, and 429 beyond it', async () => {
    const limited = await UsersApp.start({ CLIENT_RATE_LIMIT: '1' }, users);
    try {
      for (const what of ['a status', 'a report']) {
        await new Promise((resolve) => setTimeout(resolve, 1100));
        const allowed = await ask(limited, ASKS[what] as Ask);
        expect(allowed.headers['ratelimit']).toBe('"client";r=0;t=1');
        const refused = await ask(limited, ASKS[what] as Ask);
        expect([refused.headers['ratelimit'], refused.headers['retry-after']]).toEqual(['"client";r=0;t=1', '1']);
        expect(ordinary(refused)).toEqual(EXPECTED['beyond the limit']);
      }
    } finally {
      await limited.stop();
    }
  });

  it('answer 503 while the database is away', async () => {
    const url = new URL(users.databaseUrl);
    const database = url.pathname.slice(1);
    url.pathname = '/postgres';
    const admin = new Client({ connectionString: url.href });
    await admin.connect();
    try {
      await admin.query(`alter database ${admin.escapeIdentifier(database)} allow_connections false`);
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [database]);
      for (const what of ['a status', 'a report'])
        expect(ordinary(await ask(users, ASKS[what] as Ask))).toEqual(EXPECTED[`${what} without a database`]);
    } finally {
      await admin.query(`alter database ${admin.escapeIdentifier(database)} allow_connections true`);
      await admin.end();
    }
  });
});

interface Seen {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

async function read(answer: IncomingMessage): Promise<Seen> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return { status: answer.statusCode ?? 0, headers: { ...answer.headers }, body: Buffer.concat(chunks).toString() };
}

/** Without what no two runs have alike. */
function ordinary({ status, headers, body }: Seen): Seen {
  const { date, etag, ...rest } = headers;
  expect(date).toBeDefined();
  const calm = (text: string): string =>
    text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'TIME').replace(UUID, 'ID');
  const left = rest['ratelimit'];
  return {
    status,
    headers: {
      ...rest,
      ...(rest['x-request-id'] === undefined ? {} : { 'x-request-id': calm(String(rest['x-request-id'])) }),
      ...(etag === undefined ? {} : { etag: 'TAG' }),
      // How much is left depends on the second.
      ...(left === undefined ? {} : { ratelimit: String(left).replace(/r=\d+;t=\d+/, 'r=N;t=N') }),
    },
    body: calm(body),
  };
}

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
