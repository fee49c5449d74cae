import { randomUUID, X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { StatusCountsRepository } from '../../src/users/status-counts/status-counts.repository';
import { ConsoleBrowser } from '../access/console-browser';
import { endedRun, startProgram, type Program } from '../support/program';
import { OpenApiCheck } from '../support/open-api-check';

/** Every answer here is held against the OpenAPI description that the server gives of itself. */
describe('the REST API', () => {
  let program: Program;
  let api: OpenApiCheck;
  let connectorId: string;
  let token: string;
  let other: { connectorId: string; token: string };
  let base: string;

  interface Answer {
    status: number;
    headers: Headers;
    body: Record<string, unknown>;
    text: string;
  }

  async function call(
    method: string,
    path: string,
    options: { token?: string | null; body?: unknown; raw?: string; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const bearer = options.token === undefined ? token : options.token;
    const body = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
    const response = await fetch(`${program.url}${path}`, {
      method,
      headers: {
        ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    api.check(method, path, response.status, response.headers.get('content-type'), text);
    const parsed = /[/+]json/.test(response.headers.get('content-type') ?? '')
      ? (JSON.parse(text) as Record<string, unknown>)
      : {};
    return { status: response.status, headers: response.headers, body: parsed, text };
  }

  const problem = (answer: Answer): unknown => ({ status: answer.status, code: answer.body['code'] });
  const users = async (query: string, as = token): Promise<Record<string, unknown>[]> =>
    (await call('GET', `${base}/users?${query}`, { token: as })).body['items'] as Record<string, unknown>[];
  const report = {
    platform: 'desktop',
    appVersion: '6.3.6',
    outcome: 'registered',
    target: { role: 'sbc', host: '192.0.2.10', port: 5061, transport: 'tls' },
    expiresIn: 600,
  };

  beforeAll(async () => {
    program = await startProgram({ users: 250 });
    api = await OpenApiCheck.of(program.url);
    await program.connect();
    await program.connect({ zoomPerson: 'two.owner', cloudlinkPerson: 'two.account-admin' });
    const [first = '', second = ''] = await program.connectorIds();
    connectorId = first;
    other = { connectorId: second, token: await program.token(second) };
    token = await program.token(connectorId);
    base = `/v1/connectors/${connectorId}`;
    await endedRun(program, connectorId);
    await endedRun(program, second);
  });
  afterAll(() => program.stop());

  it('shows the connector and health', async () => {
    expect(await call('GET', base)).toMatchObject({
      status: 200,
      body: { state: 'active', zoom: { grants: [{ state: 'active' }] }, lastSync: { state: 'succeeded' } },
    });
    expect((await call('GET', `${base}/preflight`)).body).toMatchObject({ counts: { failed: 0 } });
    expect(await call('GET', '/health/live', { token: null })).toMatchObject({ status: 200 });
    expect(await call('GET', '/health/ready', { token: null })).toMatchObject({ status: 200 });
  });

  it('counts users, orders them and says what they may be filtered by', async () => {
    const total = (await call('GET', `${base}/users/count`)).body['count'];
    expect((await users('limit=500')).length).toBe(total);
    const names = (await users('sort=displayName&order=desc&limit=500')).map((user) => user['displayName']);
    expect(names).toEqual((await users('sort=displayName&limit=500')).map((user) => user['displayName']).reverse());
    const { pbx, codes } = (await call('GET', `${base}/users/choices`)).body as {
      pbx: { site: string; users: number }[];
      codes: [];
    };
    expect(codes).toEqual([]);
    for (const { site, users: expected } of pbx)
      expect(
        (await call('GET', `${base}/users/count?pbx=${encodeURIComponent(site)}`)).body['count'],
      ).toBeGreaterThanOrEqual(expected);
    expect(pbx.length).toBeGreaterThan(0);
    const file = await call('GET', `${base}/users/export?separator=semicolon`, {
      headers: { 'accept-language': 'de' },
    });
    expect(file.text.split('\r\n')).toHaveLength(Number(total) + 2);
    expect(problem(await call('GET', `${base}/users/count?code=1`))).toEqual({ status: 400, code: 'invalid_request' });
  });

  it('pages through all users once, in order, also when users come in between', async () => {
    const seen: string[] = [];
    let cursor: unknown = '';
    while (cursor !== null) {
      const page: Answer = await call(
        'GET',
        `${base}/users?limit=17${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor as string)}`}`,
      );
      expect(page.status).toBe(200);
      seen.push(...(page.body['items'] as { email: string }[]).map((user) => user.email));
      if (seen.length === 34) {
        await program.database.query(
          `insert into integrated_users (connector_id, user_id, email, membership) values ($1, gen_random_uuid(), 'aaa@example.com', 'chosen'), ($1, gen_random_uuid(), 'zzz@example.com', 'chosen')`,
          [connectorId],
        );
      }
      cursor = page.body['nextCursor'];
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual([...seen].sort());
    expect(seen).toContain('zzz@example.com');
    expect(seen).not.toContain('aaa@example.com');
    await program.database.query(`delete from integrated_users where email like '%@example.com'`);
  });

  it('goes through the life of a status: inactive, registered, expired, failed, unregistered', async () => {
    const [user] = await users('status=inactive&limit=1');
    const path = `${base}/users/${encodeURIComponent(user?.['userId'] as string)}`;
    expect((await call('GET', `${path}/status`)).body).toMatchObject({
      status: 'inactive',
      registrations: [],
      sip: null,
    });
    expect(await call('PUT', `${path}/registrations/d1`, { body: report })).toMatchObject({ status: 204 });
    expect((await call('GET', `${path}/status`)).body).toMatchObject({
      status: 'registered',
      registrations: [{ deviceId: 'd1', platform: 'desktop', state: 'registered' }],
    });
    expect((await users('status=registered')).map((item) => item['userId'])).toEqual([user?.['userId']]);
    expect((await users('platform=desktop')).map((item) => item['userId'])).toEqual([user?.['userId']]);
    const failed = { platform: 'mobile', outcome: 'failed', sip: { code: 503, reason: 'io error', source: 'client' } };
    expect(await call('PUT', `${path}/registrations/m1`, { body: failed })).toMatchObject({ status: 204 });
    expect((await call('GET', `${path}/status`)).body).toMatchObject({
      status: 'sip_error',
      sip: { code: 503, source: 'client', meaning: expect.any(String), check: expect.any(String) },
    });
    expect(
      await call('PUT', `${path}/registrations/m1`, { body: { platform: 'mobile', outcome: 'unregistered' } }),
    ).toMatchObject({ status: 204 });
    expect((await call('GET', `${path}/status`)).body).toMatchObject({ status: 'registered' });
    program.clock.advance(601_000);
    expect((await call('GET', `${path}/status`)).body).toMatchObject({
      status: 'inactive',
      registrations: expect.arrayContaining([expect.objectContaining({ deviceId: 'd1', state: 'expired' })]),
    });
    expect(await users('status=registered')).toEqual([]);
    expect((await call('GET', base)).body['users']).toMatchObject({ registered: 0 });
    expect(await call('GET', path)).toMatchObject({ status: 200 });
  });

  it('finds a user by email in any case, and by what is in the name', async () => {
    const [user] = await users('limit=1');
    const email = user?.['email'] as string;
    expect((await call('GET', `${base}/users/${encodeURIComponent(email.toUpperCase())}/status`)).body).toMatchObject({
      email,
    });
    expect((await users(`q=${encodeURIComponent(email.slice(0, 12))}`)).map((item) => item['email'])).toContain(email);
    expect(await users('q=%25')).toEqual([]);
    expect((await users(`q=${encodeURIComponent('ÅKESSON')}`)).length).toBeGreaterThan(0);
  });

  it('hands out credential and targets, uncached and audited', async () => {
    const [user] = await users('status=inactive&limit=1');
    const answer = await call(
      'GET',
      `${base}/users/${encodeURIComponent(user?.['userId'] as string)}/registration?platform=desktop`,
    );
    expect(answer).toMatchObject({
      status: 200,
      body: {
        sip: { ha1: expect.stringMatching(/^[0-9a-f]{32}([0-9a-f]{32})?$/) },
        registrationExpires: expect.any(Number),
      },
    });
    expect((answer.body['targets'] as { role: string }[]).map((target) => target.role)).toEqual(
      ['sbc', 'backup_sbc', expect.anything()].slice(0, (answer.body['targets'] as unknown[]).length),
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { rows } = await program.database.query(
      `select actor_kind, action from audit_events where action = 'credential.read'`,
    );
    expect(rows).toEqual([{ actor_kind: 'client', action: 'credential.read' }]);
    const [pending] = await users('status=pending&limit=1');
    const refused = await call(
      'GET',
      `${base}/users/${encodeURIComponent(pending?.['email'] as string)}/registration?platform=mobile`,
    );
    expect(problem(refused)).toEqual({ status: 409, code: 'user_pending' });
    expect(
      problem(
        await call('PUT', `${base}/users/${encodeURIComponent(pending?.['email'] as string)}/registrations/d1`, {
          body: report,
        }),
      ),
    ).toEqual({ status: 409, code: 'user_pending' });
  });

  it('hands out by network, and to an app with a token of its own', async () => {
    const put = await call('PUT', `${base}/networks`, { body: { items: [{ cidr: '127.0.0.0/8' }] } });
    expect(put).toMatchObject({ status: 200, body: { items: [{ cidr: '127.0.0.0/8', site: '' }] } });
    expect((await call('GET', `${base}/networks`)).body).toEqual(put.body);
    const bad = await call('PUT', `${base}/networks`, { body: { items: [{ cidr: '127.0.0.1/8' }] } });
    expect([bad.status, JSON.stringify(bad.body['errors'])]).toEqual([400, expect.stringContaining('items.0.cidr')]);
    const [user] = await users('status=inactive&limit=1');
    const path = `${base}/users/${encodeURIComponent(user?.['userId'] as string)}`;
    const made = await call('POST', `${path}/app-tokens`, { body: { platform: 'desktop' } });
    expect(made).toMatchObject({ status: 200, body: { token_type: 'Bearer', expires_in: 900 } });
    const app = { token: made.body['access_token'] as string };
    expect((await call('GET', `${path}/registration?platform=desktop`, app)).body).toMatchObject({ place: 'onsite' });
    expect((await call('GET', `${path}/status`, app)).status).toBe(200);
    expect(problem(await call('GET', path, app))).toEqual({ status: 403, code: 'insufficient_scope' });
    expect((await call('PUT', `${base}/networks`, { body: { items: [] } })).body).toEqual({ items: [] });
  });

  it('starts a sync, joins one that is under way, and shows its problems', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => call('POST', `${base}/sync`)));
    expect(answers.map((answer) => answer.status)).toEqual([202, 202, 202]);
    expect(new Set(answers.map((answer) => answer.body['id'])).size).toBe(1);
    const run = await endedRun(program, connectorId);
    expect(await call('GET', `${base}/sync-runs?limit=1`)).toMatchObject({ status: 200 });
    expect(await call('GET', `${base}/sync-runs/${run['id'] as string}`)).toMatchObject({
      status: 200,
      body: { state: 'succeeded' },
    });
    expect(problem(await call('GET', `${base}/sync-runs/${randomUUID()}`))).toEqual({ status: 404, code: 'not_found' });
    expect(problem(await call('GET', `${base}/sync-runs/nonsense`))).toMatchObject({
      code: expect.stringMatching(/not_found|invalid_request/),
    });
  });

  it('tells who changed since the last call, and when a cursor is of no use any more', async () => {
    const changes = `${base}/changes`;
    const emails: string[] = [];
    let path = `${changes}?limit=100`;
    for (let more = true; more;) {
      const page: Answer = await call('GET', path);
      expect(page.status).toBe(200);
      emails.push(...(page.body['items'] as { email: string }[]).map((item) => item.email));
      path = `${changes}?limit=100&cursor=${page.body['nextCursor'] as string}`;
      more = page.body['more'] === true;
    }
    const present = await users('limit=500');
    expect(present.length).toBeGreaterThan(200);
    expect([...emails].sort()).toEqual(present.map((user) => user['email']).sort());
    expect((await call('GET', path)).body).toMatchObject({ items: [], more: false });
    expect((await call('GET', `${changes}?cursor=now`)).body).toMatchObject({ items: [], more: false });
    const first = (await call('GET', `${changes}?limit=1`)).body;
    expect(first).toMatchObject({
      items: [{ changed: expect.arrayContaining(['added']), at: expect.any(String) }],
      more: true,
    });
    await program.database.query('update change_feeds set purged_to = 1 where connector_id = $1', [connectorId]);
    const tooOld = await call('GET', `${changes}?cursor=${first['nextCursor'] as string}`);
    expect(problem(tooOld)).toEqual({ status: 410, code: 'cursor_too_old' });
    expect(tooOld.text).toContain('cursor=now');
    await program.database.query('update change_feeds set purged_to = 0 where connector_id = $1', [connectorId]);
    const foreign = await call('GET', `/v1/connectors/${other.connectorId}/changes?cursor=now`, { token: other.token });
    const mixed = await call('GET', `${changes}?cursor=${foreign.body['nextCursor'] as string}`);
    expect([mixed.status, JSON.stringify(mixed.body['errors'])]).toEqual([400, expect.stringContaining('cursor')]);
  });

  it('shows who did what: an authorisation, a sync, a credential that was read', async () => {
    const { status, body } = await call('GET', `${base}/audit?limit=200`);
    expect([status, body['nextCursor']]).toEqual([200, null]);
    const actions = (body['items'] as { action: string }[]).map((event) => event.action);
    expect(actions).toEqual(
      expect.arrayContaining(['grant.added', 'client.created', 'sync.started', 'sync.ended', 'credential.read']),
    );
    expect(await call('GET', '/metrics', { token: null })).toMatchObject({ status: 200 });
  });

  it('one connector cannot see or touch another, whatever is asked', async () => {
    const [mine] = await users('status=inactive&limit=1');
    const foreign = `/v1/connectors/${connectorId}`;
    const id = encodeURIComponent(mine?.['userId'] as string);
    const asked: [string, string, unknown?][] = [
      ['GET', foreign],
      ['GET', `${foreign}/users`],
      ['GET', `${foreign}/users/${id}`],
      ['GET', `${foreign}/users/${id}/status`],
      ['GET', `${foreign}/users/${id}/registration?platform=desktop`],
      ['PUT', `${foreign}/users/${id}/registrations/d1`, report],
      ['POST', `${foreign}/sync`],
      ['GET', `${foreign}/sync-runs`],
      ['GET', `${foreign}/audit`],
      ['GET', `${foreign}/changes`],
      ['GET', `${foreign}/networks`],
      ['PUT', `${foreign}/networks`, { items: [] }],
      ['POST', `${foreign}/users/${id}/app-tokens`, { platform: 'desktop' }],
      ['POST', `${foreign}/users`, { email: 'new@example.com' }],
      ['POST', `${foreign}/users/import`, {}],
      ['DELETE', `${foreign}/users/${id}`],
    ];
    for (const [method, path, body] of asked) {
      expect([method, path, problem(await call(method, path, { token: other.token, body }))]).toEqual([
        method,
        path,
        { status: 404, code: 'not_found' },
      ]);
    }
    // Nor by the id of a foreign user below one's own connector.
    const own = `/v1/connectors/${other.connectorId}/users/${id}/status`;
    expect(problem(await call('GET', own, { token: other.token }))).toEqual({ status: 404, code: 'not_found' });
  });

  it('needs a token, the right scope, and a connector that exists', async () => {
    const weak = await program.token(connectorId, ['status:read']);
    const [user] = await users('status=inactive&limit=1');
    const id = encodeURIComponent(user?.['userId'] as string);
    for (const bad of [null, '', 'nonsense', `${token}x`, token.replace(/\.[^.]+$/, '.AAAA')]) {
      expect(problem(await call('GET', base, { token: bad }))).toEqual({ status: 401, code: 'unauthenticated' });
    }
    expect(problem(await call('GET', `${base}/users/${id}/registration?platform=desktop`, { token: weak }))).toEqual({
      status: 403,
      code: 'insufficient_scope',
    });
    expect(problem(await call('PUT', `${base}/users/${id}/registrations/d1`, { token: weak, body: report }))).toEqual({
      status: 403,
      code: 'insufficient_scope',
    });
    expect(problem(await call('POST', `${base}/sync`, { token: weak }))).toEqual({
      status: 403,
      code: 'insufficient_scope',
    });
    expect(problem(await call('GET', `${base}/audit`, { token: weak }))).toEqual({
      status: 403,
      code: 'insufficient_scope',
    });
    for (const unknown of [randomUUID(), 'nonsense', '%00']) {
      expect([unknown, (await call('GET', `/v1/connectors/${unknown}/users`)).status]).toEqual([
        unknown,
        unknown === '%00' ? 400 : 404,
      ]);
    }
  });

  it('refuses bad input, naming the field, never with a 500', async () => {
    const [user] = await users('status=inactive&limit=1');
    const put = `${base}/users/${encodeURIComponent(user?.['userId'] as string)}/registrations/d1`;
    const cases: [
      string,
      string,
      { body?: unknown; raw?: string; headers?: Record<string, string> },
      number,
      string | undefined,
    ][] = [
      ['GET', `${base}/users?limit=0`, {}, 400, 'limit'],
      ['GET', `${base}/users?limit=ten`, {}, 400, 'limit'],
      ['GET', `${base}/users?limit=1&limit=2`, {}, 400, 'limit'],
      ['GET', `${base}/users?status=odd`, {}, 400, 'status'],
      ['GET', `${base}/users?status[a]=1`, {}, 400, undefined],
      ['GET', `${base}/users?q=${'x'.repeat(5000)}`, {}, 400, 'q'],
      ['GET', `${base}/users?q=%00`, {}, 400, 'q'],
      ['GET', `${base}/users?cursor=nonsense`, {}, 400, 'cursor'],
      ['GET', `${base}/users?cursor=${Buffer.from('{"a":1}').toString('base64url')}`, {}, 400, 'cursor'],
      ['GET', `${base}/users?unknown=1`, {}, 400, 'unknown'],
      ['GET', `${base}/sync-runs?cursor=%F0%9F%92%A9`, {}, 400, 'cursor'],
      ['GET', `${base}/changes?limit=1001`, {}, 400, 'limit'],
      ['GET', `${base}/changes?cursor=%F0%9F%92%A9`, {}, 400, 'cursor'],
      ['GET', `${base}/changes?cursor=a&cursor=b`, {}, 400, 'cursor'],
      ['GET', `${base}/status-counts?hours=0`, {}, 400, 'hours'],
      ['GET', `${base}/status-counts?hours=2161`, {}, 400, 'hours'],
      ['GET', `${base}/audit?limit=1e3`, {}, 400, 'limit'],
      ['GET', `${base}/audit?cursor=%F0%9F%92%A9`, {}, 400, 'cursor'],
      ['GET', `${base}/audit?action=%00`, {}, 400, 'action'],
      ['GET', `${base}/audit?from=1e9`, {}, 400, 'from'],
      ['GET', `${base}/users/${'x'.repeat(600)}/status`, {}, 400, 'user'],
      ['GET', `${base}/users/a%00b/status`, {}, 400, 'user'],
      ['PUT', put, { raw: '{"platform":' }, 400, undefined],
      ['PUT', put, { raw: '['.repeat(400_000) + ']'.repeat(400_000) }, 400, undefined],
      ['PUT', put, { raw: '{"a":'.repeat(9_000) + '1' + '}'.repeat(9_000) }, 400, undefined],
      ['PUT', put, { raw: '[]' }, 400, undefined],
      ['PUT', put, { raw: 'null' }, 400, undefined],
      ['PUT', put, { raw: '"text"' }, 400, undefined],
      ['PUT', put, { raw: '' }, 400, undefined],
      ['PUT', put, { body: { ...report, platform: 7 } }, 400, 'platform'],
      ['PUT', put, { body: { ...report, expiresIn: -1 } }, 400, 'expiresIn'],
      ['PUT', put, { body: { ...report, expiresIn: 1e308 } }, 400, 'expiresIn'],
      ['PUT', put, { body: { ...report, expiresIn: undefined } }, 400, 'expiresIn'],
      ['PUT', put, { body: { ...report, outcome: 'failed' } }, 400, 'sip'],
      ['PUT', put, { body: { ...report, sip: { code: 99, reason: 'x', source: 'client' } } }, 400, 'sip.code'],
      ['PUT', put, { body: { ...report, target: { ...report.target, port: 70_000 } } }, 400, 'target.port'],
      ['PUT', put, { body: { ...report, target: 'sbc' } }, 400, 'target'],
      ['PUT', put, { body: { ...report, appVersion: 'a\u0000b' } }, 400, 'appVersion'],
      ['PUT', put, { body: { ...report, appVersion: 'x'.repeat(10_000) } }, 400, 'appVersion'],
      ['PUT', put, { raw: '{"platform":"desktop","__proto__":{"x":1}}' }, 400, undefined],
      ['PUT', put, { body: { ...report, extra: 1 } }, 400, 'extra'],
      ['PUT', `${base}/users/${'x'.repeat(30)}/registrations/d1`, { body: report }, 404, undefined],
      ['PUT', put, { raw: '<xml/>', headers: { 'content-type': 'application/xml' } }, 415, undefined],
      ['PUT', put, { raw: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, undefined],
      ['PUT', put, { raw: JSON.stringify({ ...report, appVersion: 'x'.repeat(1_100_000) }) }, 413, undefined],
      ['POST', `${base}/sync`, { body: { x: 1 } }, 400, 'x'],
      ['POST', `${base}/users`, { body: { email: 'a@b@c' } }, 400, 'email'],
      ['POST', `${base}/users`, { body: { email: 'a@b.de', name: 'A' } }, 400, 'name'],
      ['POST', `${base}/users`, { raw: 'a@b.de', headers: { 'content-type': 'text/csv' } }, 415, undefined],
      ['POST', `${base}/users/import`, { body: {} }, 415, undefined],
      ['POST', `${base}/users/import?dryRun=yes`, { body: {} }, 400, 'dryRun'],
      ['DELETE', `${base}/users/nobody@example.com`, {}, 404, undefined],
    ];
    for (const [method, path, options, status, field] of cases) {
      const answer = await call(method, path, options);
      const label = `${method} ${path.slice(0, 120)} ${(options.raw ?? JSON.stringify(options.body) ?? '').slice(0, 80)}`;
      expect([label, answer.status, answer.headers.get('content-type')]).toEqual([
        label,
        status,
        'application/problem+json; charset=utf-8',
      ]);
      const fields = ((answer.body['errors'] ?? []) as { field: string }[]).map((error) => error.field);
      if (field !== undefined)
        expect([label, fields]).toEqual([label, expect.arrayContaining([expect.stringContaining(field)])]);
      expect(answer.text).not.toMatch(/\bat .*\.[jt]s:\d+|node_modules/);
      expect(answer.headers.get('x-request-id')).toBe(answer.body['requestId']);
    }
  });

  it('tells broken JSON from a broken rule, and names a rule as it is', async () => {
    const broken = await call('POST', `${base}/sync`, { raw: '{' });
    expect(problem(broken)).toEqual({ status: 400, code: 'malformed_json' });
    const twice = await call('GET', `${base}/users?q=a&q=b`);
    expect(JSON.stringify(twice.body['errors'])).toContain('equal');
  });

  it('answers what is no route at all with a problem document too', async () => {
    for (const path of ['/nowhere', '/v1', '/v1/connectors', '/%zz', `/v1/connectors/${connectorId}/users/a/b/c`]) {
      const response = await fetch(`${program.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
      expect([path, response.status < 500, response.headers.get('content-type')]).toEqual([
        path,
        true,
        'application/problem+json; charset=utf-8',
      ]);
    }
  });

  it('answers many statuses at once, the history of one, and nothing new to who has the newest', async () => {
    const { items } = (await call('GET', `${base}/users?limit=2`)).body as { items: { email: string }[] };
    const [email = ''] = items.map((item) => item.email);
    const many = await call('POST', `${base}/statuses`, { body: { users: [email, 'nobody@example.com'] } });
    expect(many).toMatchObject({ status: 200, body: { items: [{ email }], unknown: ['nobody@example.com'] } });
    const path = `${base}/users/${encodeURIComponent(email)}`;
    const answer = await call('GET', `${path}/status`);
    const etag = answer.headers.get('etag') ?? '';
    expect((await call('GET', `${path}/status`, { headers: { 'if-none-match': etag } })).status).toBe(304);
    const history = await call('GET', `${path}/status-history`);
    expect(history).toMatchObject({ status: 200, body: { items: expect.any(Array) } });
  });

  it('adds users by hand and from a file, and takes them out again', async () => {
    const body = { email: 'By.Hand@example.com' };
    expect(await call('POST', `${base}/users`, { body })).toMatchObject({
      status: 201,
      body: { email: 'by.hand@example.com', membership: 'chosen', status: 'pending' },
    });
    expect(await call('POST', `${base}/users`, { body })).toMatchObject({
      status: 200,
      body: { membership: 'chosen' },
    });
    const file = 'E-Mail;Aktion\nby.hand@example.com;entfernen\nfrom.file@example.com;\nnobody;\n';
    const send = (query: string, accept = '*/*'): Promise<Answer> =>
      call('POST', `${base}/users/import${query}`, { raw: file, headers: { 'content-type': 'text/csv', accept } });
    const counts = { added: 1, released: 1, invalid: 1, usable: true };
    expect((await send('?dryRun=true')).body).toMatchObject({ dryRun: true, applied: false, ...counts });
    expect((await send('')).body).toMatchObject({ dryRun: false, applied: false, ...counts });
    expect((await send('', 'text/csv')).text).toContain('4,E-Mail,error,This is not an email address.,nobody');
    const lines = (await send('?skipInvalid=true', 'application/x-ndjson')).text.trim().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      result: { applied: true, membership: 'automatic', ...counts },
    });
    expect((await call('GET', `${base}/users/import/sample`)).text).toContain('email,action');
    expect((await call('DELETE', `${base}/users/from.file@example.com`)).status).toBe(204);
    await program.database.query(`delete from integrated_users where email like '%@example.com'`);
  });

  it('says what it sees of targets and registrars, and what is wrong', async () => {
    const { body } = await call('GET', `${base}/targets`);
    const [target] = body['items'] as { id: string; role: string }[];
    expect(target).toMatchObject({ role: 'sbc', state: 'unknown', usersAffected: expect.any(Number) });
    // Targets of the sandbox have addresses that are for documentation only: nobody speaks to them.
    const path = `${base}/targets/${target?.id}`;
    expect((await call('POST', `${path}/probe`)).body).toMatchObject({ state: 'unknown', reason: 'address_refused' });
    expect((await call('POST', `${path}/probe`)).status).toBe(429);
    expect((await call('GET', `${path}/history?limit=1`)).body['items']).toMatchObject([{ reason: 'address_refused' }]);
    expect(problem(await call('GET', `${base}/targets/${randomUUID()}/history`))).toEqual({
      status: 404,
      code: 'not_found',
    });
    expect((await call('POST', `${base}/targets/x/probe`)).status).toBe(400);
    const [user] = await users('status=inactive&limit=1');
    const of = `${base}/users/${encodeURIComponent(user?.['userId'] as string)}`;
    expect((await call('POST', `${of}/registrar-check`)).body).toMatchObject({ result: 'address_refused', code: null });
    expect((await call('POST', `${of}/registrar-check`)).status).toBe(429);
    expect((await call('POST', `${of}/registrar-check`, { body: { target: 'x' } })).status).toBe(400);
    expect((await call('GET', `${of}/diagnosis`)).body).toMatchObject({ status: 'inactive', diagnosis: null });
    const { body: all } = await call('GET', `${base}/diagnosis`, { headers: { 'accept-language': 'de' } });
    // The minute's own look at the targets may have come in between: their names cannot be resolved.
    const ofUsers = (all['items'] as { code: string }[]).filter(({ code }) => code !== 'target_down');
    expect(ofUsers).toMatchObject([{ code: 'credential_pending', severity: 'info', evidence: [] }]);
    expect((await call('GET', `${base}/registrar-sweep`)).body).toMatchObject({ enabled: false, perMinute: 10 });
    expect((await call('PUT', `${base}/registrar-sweep`, { body: { enabled: true } })).body).toMatchObject({
      enabled: true,
    });
    expect((await call('PUT', `${base}/registrar-sweep`, { body: {} })).status).toBe(400);
    await call('PUT', `${base}/registrar-sweep`, { body: { enabled: false } });
  });

  it('shows how many users had which status over time', async () => {
    await program.app.get(StatusCountsRepository, { strict: false }).sample(new Date(), program.database);
    const { status, body } = await call('GET', `${base}/status-counts?hours=1`);
    expect([status, body['stepSeconds']]).toEqual([200, 300]);
    // The program samples by itself, too, and a run of this file may pass the end of five minutes.
    expect((body['items'] as unknown[]).at(-1)).toMatchObject({
      registered: expect.any(Number),
      at: expect.any(String),
    });
  });

  it('shows and takes away the authorities that are trusted', async () => {
    const { status, body } = await call('GET', `${base}/authorities`);
    expect([status, body]).toEqual([200, { certificates: [] }]);
    // The list of Node has some that are over.
    const isValid = (pem: string): boolean => Date.parse(new X509Certificate(pem).validTo) > Date.now();
    const certificates = rootCertificates.filter(isValid).slice(0, 2);
    const set = await call('PUT', `${base}/authorities`, { body: { pem: certificates.join('\n') } });
    expect([set.status, (set.body['certificates'] as unknown[]).length]).toEqual([200, 2]);
    expect((await call('DELETE', `${base}/authorities`)).status).toBe(204);
    expect((await call('PUT', `${base}/authorities`, { body: { pem: '' } })).status).toBe(400);
  });

  it('reads one user anew', async () => {
    const [user] = await users('status=inactive&limit=1');
    const path = `${base}/users/${encodeURIComponent(user?.['userId'] as string)}/sync`;
    expect(await call('POST', path)).toMatchObject({ status: 202, body: { requestedAt: expect.any(String) } });
    expect((await call('POST', path, { body: { x: 1 } })).status).toBe(400);
    const unknown = `${base}/users/nobody@example.com/sync`;
    expect(problem(await call('POST', unknown))).toEqual({ status: 404, code: 'not_found' });
  });

  it('shows and changes the settings', async () => {
    const { body } = await call('GET', `${base}/settings`);
    expect(body).toMatchObject({ membership: 'automatic', removalLimitPercent: null, mobileCalling: true });
    const changed = await call('PATCH', `${base}/settings`, {
      body: { mobileCalling: false, syncIntervalSeconds: 900 },
    });
    expect(changed).toMatchObject({ status: 200, body: { ...body, mobileCalling: false, syncIntervalSeconds: 900 } });
    const wrong = await call('PATCH', `${base}/settings`, { body: { syncIntervalSeconds: 10 } });
    expect([wrong.status, JSON.stringify(wrong.body['errors'])]).toEqual([400, expect.stringContaining('not be less')]);
    const [user] = await users('status=inactive&limit=1');
    const registration = `${base}/users/${encodeURIComponent(user?.['userId'] as string)}/registration?platform=mobile`;
    expect(problem(await call('GET', registration))).toEqual({ status: 409, code: 'mobile_calling_off' });
    const back = { mobileCalling: true, syncIntervalSeconds: null };
    expect((await call('PATCH', `${base}/settings`, { body: back })).body).toEqual(body);
    expect((await call('GET', registration)).status).toBe(200);
  });

  it('tells an admin’s session of itself, and ends it', async () => {
    const admin = new ConsoleBrowser(program);
    await admin.signIn('zoom', 'one.owner');
    const asAdmin = (): Record<string, string> => ({
      cookie: `connector_session=${admin.cookie ?? ''}`,
      'x-csrf-token': admin.csrfToken ?? '',
    });
    const { body } = await call('GET', '/v1/sign-in', { token: null });
    expect(body).toMatchObject({
      sandbox: { admins: expect.arrayContaining([expect.objectContaining({ key: 'one.owner' })]) },
    });
    expect((await call('GET', '/v1/session', { token: null })).status).toBe(401);
    expect((await call('GET', '/v1/session', { token: null, headers: asAdmin() })).body).toMatchObject({ connectorId });
    expect((await call('GET', base, { token: null, headers: asAdmin() })).status).toBe(200);
    const { cookie } = { cookie: '', ...asAdmin() };
    expect(problem(await call('DELETE', '/v1/session', { token: null, headers: { cookie } }))).toEqual({
      status: 403,
      code: 'csrf_token_invalid',
    });
    expect((await call('DELETE', '/v1/session', { token: null, headers: asAdmin() })).status).toBe(204);
    await admin.signIn('zoom', 'one.owner');
    expect((await call('DELETE', '/v1/sessions', { token: null, headers: asAdmin() })).status).toBe(204);
  });

  it('lets a client with the scope change the whole connector, and nobody else', async () => {
    const reader = await program.token(connectorId, ['status:read', 'sync:run']);
    const routes = [
      ['POST', '/authorize-links', { provider: 'zoom' }],
      ['PUT', '/service-client', undefined],
      ['DELETE', '/service-client', undefined],
      ['PUT', '/push-token', undefined],
      ['DELETE', '/push-token', undefined],
      ['GET', '/preflight', undefined],
      ['POST', '/disconnect', undefined],
    ] as const;
    for (const [method, path, body] of routes) {
      const as = (bearer: string | null): Promise<Answer> => call(method, `${base}${path}`, { token: bearer, body });
      expect([path, problem(await as(reader))]).toEqual([path, { status: 403, code: 'insufficient_scope' }]);
      expect([path, problem(await as(other.token))]).toEqual([path, { status: 404, code: 'not_found' }]);
      expect([path, (await as(null)).status]).toEqual([path, 401]);
    }
    const wrong = await call('POST', `${base}/authorize-links`, { body: { provider: 'teams' } });
    expect([wrong.status, JSON.stringify(wrong.body['errors'])]).toEqual([400, expect.stringContaining('provider')]);
    expect((await call('POST', `${base}/disconnect`, { body: { force: true } })).status).toBe(400);
    expect((await call('POST', `${base}/authorize-links`, { body: { provider: 'cloudlink' } })).body).toMatchObject({
      provider: 'cloudlink',
      url: expect.stringContaining(`${program.url}/oauth/cloudlink/start?connector=${connectorId}&`),
    });
    const pushToken = (await call('PUT', `${base}/push-token`)).body['token'] as string;
    const push = { 'pn-provider': 'apns', 'pn-prid': 'nobody', callId: 'c1' };
    expect(problem(await call('POST', '/push', { token: pushToken, body: push }))).toEqual({
      status: 404,
      code: 'not_found',
    });
    expect((await call('DELETE', `${base}/push-token`)).status).toBe(204);
    expect((await call('PUT', `${base}/service-client`)).status).toBe(200);
    expect((await call('DELETE', `${base}/service-client`)).status).toBe(204);
    expect((await call('POST', `${base}/disconnect`)).body).toMatchObject({ state: 'disconnected' });
    expect((await call('GET', base)).body).toMatchObject({ state: 'disconnected' });
    expect((await call('GET', `${base}/audit`)).status).toBe(200);
    expect((await call('GET', `${base}/changes`)).body).toMatchObject({ items: [], more: false });
    expect((await call('GET', `/v1/connectors/${other.connectorId}`, { token: other.token })).body).toMatchObject({
      state: 'active',
    });
  });

  it('has no promise in its description that no test has seen, but for those that need a broken provider or database', () => {
    const unseen = api
      .promised()
      .filter((promise) => !api.seen.has(promise) && /\/v1\//.test(promise) && / 2\d\d$/.test(promise));
    // The routes of alerts, and the stream that never ends, have tests of their own.
    expect(unseen.filter((promise) => !/problems|approve|\/alert|status-events/.test(promise))).toEqual([]);
  });
});
