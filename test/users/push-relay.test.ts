import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { OpenApiCheck } from '../support/open-api-check';
import { endedRun, startProgram, type Program } from '../support/program';

const HOUR_MS = 3_600_000;
const ADDRESS = { provider: 'apns', param: 'ABCDE12345.us.zoom.videomeetings.voip', prid: '00fc13adff78512' };
const ASK = { 'pn-provider': 'apns', 'pn-param': ADDRESS.param, 'pn-prid': ADDRESS.prid, callId: 'call-1@sbc' };

/** The seat of the SBC is this test, by HTTP as an SBC would ask; the seat of Zoom's cloud is the sandbox. */
describe('the push relay', () => {
  let program: Program;
  let api: OpenApiCheck;
  let connectorId: string;
  let bearer: string;
  let user: string;
  let sbc: string;

  async function call(
    method: string,
    path: string,
    token: string | undefined,
    body?: object,
  ): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }> {
    const response = await fetch(`${program.url}${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    api.check(method, path, response.status, response.headers.get('content-type'), text);
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    };
  }
  const ask = async (change: object = {}, token = sbc): Promise<number> =>
    (await call('POST', '/push', token, { ...ASK, ...change })).status;
  const report = async (change: object, device = 'm1'): Promise<number> =>
    (
      await call(
        'PUT',
        `/v1/connectors/${connectorId}/users/${encodeURIComponent(user)}/registrations/${device}`,
        bearer,
        {
          platform: 'mobile',
          outcome: 'registered',
          expiresIn: 600,
          ...change,
        },
      )
    ).status;
  const makeToken = async (): Promise<string> =>
    (await call('PUT', `/v1/connectors/${connectorId}/push-token`, bearer)).body['token'] as string;
  const received = (): unknown[] => program.sandbox.control.pushes().map(({ prid, callId }) => [prid, callId]);

  beforeEach(async () => {
    program = await startProgram({ users: 5 });
    api = await OpenApiCheck.of(program.url);
    await program.connect();
    connectorId = (await program.connectorIds())[0] ?? '';
    await endedRun(program, connectorId);
    bearer = await program.token(connectorId);
    const { body } = await program.get(`/v1/connectors/${connectorId}/users?limit=1`, bearer);
    user = (body['items'] as { email: string }[])[0]?.email ?? '';
    sbc = await makeToken();
    expect(await report({ push: ADDRESS })).toBe(204);
  });
  afterEach(() => program.stop());

  it('hands a push to Zoom as it came, and a second one of the same call to nobody', async () => {
    expect(await ask({ 'pn-purr': 'purr-1' })).toBe(202);
    expect(program.sandbox.control.pushes()).toMatchObject([
      { account: 1, ...ADDRESS, purr: 'purr-1', callId: ASK.callId },
    ]);
    expect(await ask()).toBe(202);
    expect(await Promise.all(Array.from({ length: 10 }, () => ask({ callId: 'call-2@sbc' })))).toEqual(
      Array(10).fill(202),
    );
    expect(received()).toEqual([
      [ADDRESS.prid, 'call-1@sbc'],
      [ADDRESS.prid, 'call-2@sbc'],
    ]);
    program.clock.advance(30_001);
    expect(await ask()).toBe(202);
    expect(received()).toHaveLength(3);
    // What is over is swept, so the table does not grow with the calls.
    const { rows } = await program.database.query<{ n: number }>('select count(*)::int as n from push_calls');
    expect(rows).toEqual([{ n: 1 }]);
    const seen = (await fetch(`${program.sandbox.baseUrl}/_control/pushes`).then((answer) => answer.json())) as object;
    expect(seen).toMatchObject({ items: [{}, {}, {}] });
  });

  it('knows only devices that have said so, each by all of its parts, and forgets those that say they cannot', async () => {
    for (const wrong of [{ 'pn-prid': 'other' }, { 'pn-provider': 'fcm' }, { 'pn-param': '' }])
      expect([wrong, await ask(wrong)]).toEqual([wrong, 404]);
    expect(received()).toEqual([]);
    // A report that does not mention it changes nothing; a new address replaces the old one.
    expect(await report({ outcome: 'unregistered' })).toBe(204);
    expect(await ask()).toBe(202);
    expect(await report({ push: { ...ADDRESS, prid: 'second' } })).toBe(204);
    expect(await ask({ callId: 'c2' })).toBe(404);
    expect(await ask({ callId: 'c3', 'pn-prid': 'second' })).toBe(202);
    expect(await report({ push: null })).toBe(204);
    expect(await ask({ callId: 'c4', 'pn-prid': 'second' })).toBe(404);
    const { rows } = await program.database.query('select * from push_bindings');
    expect(rows).toEqual([]);
  });

  it('does not take a report that was overtaken for news', async () => {
    expect(await report({ sequence: 10, push: { ...ADDRESS, prid: 'new' } })).toBe(204);
    expect(await report({ sequence: 9, push: ADDRESS })).toBe(204);
    expect(await ask({ 'pn-prid': 'new' })).toBe(202);
    expect(await ask({ callId: 'c2' })).toBe(404);
    expect(await report({ sequence: 8, push: null })).toBe(204);
    expect(await ask({ 'pn-prid': 'new', callId: 'c3' })).toBe(202);
  });

  it('goes with its device', async () => {
    await program.database.query('delete from registrations');
    expect(await ask()).toBe(404);
  });

  it('tells the SBC that a binding is dead when Zoom says so, and does not ask Zoom again', async () => {
    program.sandbox.control.killPrid(ADDRESS.prid);
    expect(await ask()).toBe(404);
    program.sandbox.control.clearRequests();
    expect(await ask({ callId: 'c2' })).toBe(404);
    expect(program.sandbox.control.requests().counts['zoom.push']).toBeUndefined();
  });

  it.each([
    ['500', {}],
    ['reset', {}],
    ['429', { seconds: 60 }],
    ['slow', { ms: 30_000 }],
    ['403', {}],
    ['html', { status: 404 }],
  ] as const)('says when to come back while Zoom answers with %s, and then delivers', async (fault, more) => {
    program.sandbox.control.setFault({ kind: 'zoom.push', fault, times: 1, ...more });
    const began = Date.now();
    const answer = await call('POST', '/push', sbc, ASK);
    expect([answer.status, answer.body['code']]).toEqual([503, 'provider_unavailable']);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Date.now() - began).toBeLessThan(8_000);
    if (fault === '429') {
      // Nobody calls the account until then: the limit is shared with everything else.
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(30);
      await program.database.query('update rate_slots set closed_until = null');
    }
    expect(await ask()).toBe(202);
    expect(received()).toHaveLength(1);
  });

  it('waits for an admin when the Zoom side has no grant', async () => {
    await program.database.query(
      `update grants set state = 'dead', dead_reason = 'x', dead_at = now(), access_token = null, refresh_token = null where provider = 'zoom'`,
    );
    expect(await ask()).toBe(503);
  });

  it('takes its own token only, the one before for an hour, and none that was ended', async () => {
    const strangers = [
      undefined,
      bearer,
      `${sbc}x`,
      sbc.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
      sbc.replace(connectorId, 'bad0c0de-0000-4000-8000-0000000000aa'),
    ];
    for (const token of strangers)
      expect([token, (await call('POST', '/push', token, ASK)).status]).toEqual([token, 401]);
    // Nor does it open anything else.
    expect((await call('GET', `/v1/connectors/${connectorId}`, sbc)).status).toBe(401);
    const second = await makeToken();
    expect([await ask(), await ask({}, second)]).toEqual([202, 202]);
    const third = await makeToken();
    expect([await ask(), await ask({}, second), await ask({}, third)]).toEqual([401, 202, 202]);
    program.clock.advance(HOUR_MS + 1);
    expect([await ask({}, second), await ask({}, third)]).toEqual([401, 202]);
    bearer = await program.token(connectorId);
    expect((await call('DELETE', `/v1/connectors/${connectorId}/push-token`, bearer)).status).toBe(204);
    expect((await call('DELETE', `/v1/connectors/${connectorId}/push-token`, bearer)).status).toBe(204);
    expect(await ask({}, third)).toBe(401);
    const { rows } = await program.database.query<{ action: string }>(
      `select action from audit_events where action like 'push_token.%' order by event_id`,
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'push_token.created',
      'push_token.created',
      'push_token.created',
      'push_token.revoked',
    ]);
  });

  it('keeps tenants apart: the token of one does not reach the devices of another', async () => {
    await program.connect({ zoomPerson: 'two.owner', cloudlinkPerson: 'two.account-admin' });
    const other = (await program.connectorIds())[1] ?? '';
    await endedRun(program, other);
    const made = await call('PUT', `/v1/connectors/${other}/push-token`, await program.token(other));
    expect(await ask({}, made.body['token'] as string)).toBe(404);
  });

  it('ends with its connector', async () => {
    expect((await call('POST', `/v1/connectors/${connectorId}/disconnect`, bearer)).status).toBe(202);
    expect(await ask()).toBe(401);
  });

  it.each([
    [{ 'pn-prid': '' }, 'pn-prid'],
    [{ 'pn-prid': 'a b' }, 'pn-prid'],
    [{ 'pn-prid': 'x'.repeat(2049) }, 'pn-prid'],
    [{ 'pn-provider': 'ap ns' }, 'pn-provider'],
    [{ 'pn-param': 'a\nb' }, 'pn-param'],
    [{ 'pn-purr': 5 }, 'pn-purr'],
    [{ callId: undefined }, 'callId'],
    [{ more: 1 }, 'more'],
  ])('refuses %j', async (change, field) => {
    const { status, body } = await call('POST', '/push', sbc, { ...ASK, ...change });
    expect([status, (body['errors'] as { field: string }[]).map((error) => error.field)]).toEqual([
      400,
      expect.arrayContaining([field]),
    ]);
    expect(JSON.stringify(body)).not.toContain(ADDRESS.prid);
  });

  it('is made and ended on the command line, too', async () => {
    const made = await cli('connectors', 'push-token', connectorId, '--json');
    const { token, previousUntil } = JSON.parse(made.stdout) as { token: string; previousUntil: string };
    expect([made.code, previousUntil]).toEqual([0, expect.any(String)]);
    expect([await ask({}, token), await ask()]).toEqual([202, 202]);
    expect((await cli('connectors', 'push-token', connectorId, '--revoke')).code).toBe(0);
    expect([await ask({}, token), await ask()]).toEqual([401, 401]);
    expect((await cli('connectors', 'push-token', 'bad0c0de-0000-4000-8000-0000000000aa')).code).toBe(1);
  });

  function cli(...argv: string[]): Promise<{ code: number | null; stdout: string }> {
    const child = spawn(process.execPath, [join(__dirname, '..', '..', 'dist', 'src', 'cli.js'), ...argv], {
      env: { PATH: process.env['PATH'] ?? '', DATABASE_URL: program.databaseUrl },
    });
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.resume();
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout })));
  }
});
