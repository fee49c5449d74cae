import { failed, first, registered, UsersApp } from './users-app';

describe('registrations and status', () => {
  let users: UsersApp;
  beforeAll(async () => {
    users = await UsersApp.start();
  });
  afterAll(() => users.stop());

  it('goes from inactive to registered, to sip_error, and back', async () => {
    await users.addUser({ email: 'way@example.com', zoomUserId: 'ZoomWay_1-x' });
    expect(await users.status('way@example.com')).toMatchObject({
      status: 'inactive',
      sip: null,
      registrations: [],
      userId: 'ZoomWay_1-x',
    });

    const target = { role: 'sbc', host: '192.0.2.10', port: 5061, transport: 'tls' };
    expect(await users.report('way@example.com', 'd1', { ...registered(600), appVersion: '6.3.1', target })).toBe(204);
    const live = await users.status('way@example.com');
    expect(live).toMatchObject({ status: 'registered', sip: null });
    expect(live.registrations).toEqual([
      expect.objectContaining({
        platform: 'desktop',
        deviceId: 'd1',
        state: 'registered',
        appVersion: '6.3.1',
        target,
        sip: null,
      }),
    ]);
    expect(Date.parse(first(live.registrations).expiresAt) - Date.parse(first(live.registrations).reportedAt)).toBe(
      600_000,
    );

    expect(await users.report('way@example.com', 'm1', failed(503, 'client', 'mobile'))).toBe(204);
    const broken = await users.status('way@example.com');
    expect(broken.status).toBe('sip_error');
    expect(broken.sip).toEqual({
      code: 503,
      phrase: 'Service Unavailable',
      reason: 'reason 503',
      source: 'client',
      meaning: expect.stringMatching(/not the SBC/),
      check: expect.stringMatching(/port and certificate/),
    });
    expect((await users.row('way@example.com')).status).toBe('sip_error');

    expect(await users.report('way@example.com', 'm1', registered(60, 'mobile'))).toBe(204);
    expect((await users.status('way@example.com')).status).toBe('registered');
    expect(await users.report('way@example.com', 'm1', { platform: 'mobile', outcome: 'unregistered' })).toBe(204);
    expect(await users.report('way@example.com', 'd1', { platform: 'desktop', outcome: 'unregistered' })).toBe(204);
    const gone = await users.status('way@example.com');
    expect(gone.status).toBe('inactive');
    expect(gone.registrations.map((r: { state: string }) => r.state)).toEqual(['unregistered', 'unregistered']);
  });

  it('finds a user by Zoom id and by email in any case and composition', async () => {
    await users.addUser({ email: 'jörg@example.com', zoomUserId: 'AbC_9' });
    for (const name of ['AbC_9', 'jörg@example.com', ' JÖRG@Example.com ', 'Jo\u0308rg@example.com']) {
      expect((await users.get(`/${encodeURIComponent(name)}/status`)).body.email).toBe('jörg@example.com');
    }
    expect((await users.get('/abc_9/status')).status).toBe(404);
  });

  it('lets a registration expire by itself, dated by its expiry', async () => {
    await users.addUser({ email: 'expiry@example.com' });
    await users.report('expiry@example.com', 'd1', registered(60));
    users.clock.advance(59);
    expect((await users.status('expiry@example.com')).status).toBe('registered');
    users.clock.advance(2);
    const after = await users.status('expiry@example.com');
    expect(after.status).toBe('inactive');
    expect(first(after.registrations).state).toBe('expired');
    expect(after.since).toBe(first(after.registrations).expiresAt);
    // Nobody has written it yet.
    expect((await users.row('expiry@example.com')).status).toBe('registered');
  });

  it('ends a failure that nobody repeats after 24 hours', async () => {
    await users.addUser({ email: 'tired@example.com' });
    await users.report('tired@example.com', 'd1', failed(403));
    const { status_expires_at: expiry } = await users.row('tired@example.com');
    expect(expiry?.getTime()).toBeGreaterThan(users.clock.now().getTime() + 86_399_000 - 5000);
    for (const table of ['registrations', 'integrated_users']) {
      const columns =
        table === 'registrations' ? ['since', 'reported_at', 'expires_at'] : ['status_since', 'status_expires_at'];
      await users.database.query(
        `update ${table} set ${columns.map((c) => `${c} = ${c} - interval '86401 s'`).join(', ')}
         where connector_id = $1 and user_id = (select user_id from integrated_users where connector_id = $1 and email = 'tired@example.com')`,
        [users.connectorId],
      );
    }
    expect(await users.status('tired@example.com')).toMatchObject({ status: 'inactive', sip: null });
  });

  it('keeps since while outcome and code stay equal, and is harmless when repeated', async () => {
    await users.addUser({ email: 'same@example.com' });
    await users.report('same@example.com', 'd1', failed(503));
    const before = await users.status('same@example.com');
    users.clock.advance(5);
    await users.report('same@example.com', 'd1', failed(503));
    const second = await users.status('same@example.com');
    expect(second.since).toBe(before.since);
    expect(second.registrations).toHaveLength(1);
    expect(first(second.registrations).since).toBe(first(before.registrations).since);
    expect(first(second.registrations).reportedAt).not.toBe(first(before.registrations).reportedAt);
    await users.report('same@example.com', 'd1', failed(403));
    const third = await users.status('same@example.com');
    expect(third.since).toBe(before.since);
    expect(first(third.registrations).since).not.toBe(first(before.registrations).since);
    expect(third.sip.code).toBe(403);
  });

  it('lets a device change its platform', async () => {
    await users.addUser({ email: 'move@example.com' });
    await users.report('move@example.com', 'x', registered(60, 'desktop'));
    await users.report('move@example.com', 'x', registered(60, 'mobile'));
    const { registrations } = await users.status('move@example.com');
    expect(registrations).toHaveLength(1);
    expect(first(registrations).platform).toBe('mobile');
  });

  it('keeps 20 devices and drops the one that lapsed first', async () => {
    await users.addUser({ email: 'many@example.com' });
    await users.report('many@example.com', 'live', registered(3600));
    await users.report('many@example.com', 'lapsed', { platform: 'desktop', outcome: 'unregistered' });
    for (let n = 0; n < 19; n += 1) await users.report('many@example.com', `d${n}`, registered(3600));
    const ids = (await users.status('many@example.com')).registrations.map((r: { deviceId: string }) => r.deviceId);
    expect(ids).toHaveLength(20);
    expect(ids).toContain('live');
    expect(ids).not.toContain('lapsed');
  });

  it('loses no report of devices that report at once', async () => {
    await users.addUser({ email: 'race@example.com' });
    const reports = Array.from({ length: 12 }, (_, n) =>
      users.report('race@example.com', `d${n}`, n === 11 ? failed(500, 'registrar', 'mobile') : registered(600)),
    );
    expect(new Set(await Promise.all(reports))).toEqual(new Set([204]));
    expect((await users.row('race@example.com')).status).toBe('sip_error');
    expect((await users.status('race@example.com')).registrations).toHaveLength(12);
  });

  it('shows a deactivated Zoom user as inactive, whatever the devices say', async () => {
    await users.addUser({ email: 'off@example.com', zoomStatus: 'inactive' });
    expect(await users.report('off@example.com', 'd1', registered())).toBe(204);
    expect((await users.status('off@example.com')).status).toBe('inactive');
  });

  it('refuses reports of pending users with 409 and of removed and unknown ones with 404', async () => {
    await users.addUser({ email: 'pending@example.com', credential: 'none' });
    await users.addUser({ email: 'revoked@example.com', credential: 'revoked' });
    await users.addUser({ email: 'removed@example.com', credential: 'none', status: 'removed' });
    for (const email of ['pending@example.com', 'revoked@example.com']) {
      const answer = await users.put(`/${email}/registrations/d1`, registered());
      expect([answer.status, answer.body.code]).toEqual([409, 'user_pending']);
    }
    for (const email of ['removed@example.com', 'nobody@example.com']) {
      const answer = await users.put(`/${email}/registrations/d1`, registered());
      expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
    }
    expect((await users.status('pending@example.com')).status).toBe('pending');
    expect((await users.status('removed@example.com')).status).toBe('removed');
    expect((await users.get('/nobody@example.com/status')).status).toBe(404);
  });

  it('separates connectors and scopes', async () => {
    const reader = await users.token(['status:read']);
    expect((await users.put('/way@example.com/registrations/d1', registered(), { token: reader })).status).toBe(403);
    const other = '11111111-2222-4333-8444-555555555555';
    await users.addConnector(other);
    const foreign = await users.token(['status:read'], other);
    expect((await users.get('/way@example.com/status', { token: foreign })).status).toBe(404);
    expect((await users.get('/way@example.com/status', { token: foreign, connectorId: other })).status).toBe(404);
  });

  describe('bad input', () => {
    const good = { platform: 'desktop', outcome: 'registered', expiresIn: 60 };
    const sip = { code: 503, reason: '', source: 'registrar' };
    const target = { host: '192.0.2.10', port: 5061, transport: 'tls' };

    it.each<[string, unknown]>([
      ['platform', { ...good, platform: 'tv' }],
      ['platform', { outcome: 'unregistered' }],
      ['outcome', { ...good, outcome: 'ok' }],
      ['expiresIn', { platform: 'desktop', outcome: 'registered' }],
      ['expiresIn', { ...good, expiresIn: 0 }],
      ['expiresIn', { ...good, expiresIn: -1 }],
      ['expiresIn', { ...good, expiresIn: 604_801 }],
      ['expiresIn', { ...good, expiresIn: '60' }],
      ['expiresIn', { ...good, expiresIn: 1.5 }],
      ['sip', { platform: 'desktop', outcome: 'failed' }],
      ['sip', { ...good, sip: 'busy' }],
      ['sip', { ...good, sip: [] }],
      ['sip.code', { platform: 'desktop', outcome: 'failed', sip: { ...sip, code: 700 } }],
      ['sip.code', { platform: 'desktop', outcome: 'failed', sip: { ...sip, code: 200 } }],
      ['sip.reason', { platform: 'desktop', outcome: 'failed', sip: { ...sip, reason: 'x'.repeat(256) } }],
      ['sip.reason', { platform: 'desktop', outcome: 'failed', sip: { ...sip, reason: 'a\u0000b' } }],
      ['sip.source', { platform: 'desktop', outcome: 'failed', sip: { ...sip, source: 'moon' } }],
      ['target.host', { ...good, target: { ...target, host: '999.1.1.1' } }],
      ['target.host', { ...good, target: { ...target, host: 'a'.repeat(300) } }],
      ['target.port', { ...good, target: { ...target, port: 65_536 } }],
      ['target.transport', { ...good, target: { ...target, transport: 'ws' } }],
      ['target.role', { ...good, target: { ...target, role: 'main' } }],
      ['target.color', { ...good, target: { ...target, color: 'red' } }],
      ['appVersion', { ...good, appVersion: 'x'.repeat(65) }],
      ['password', { ...good, password: 'x' }],
    ])('names %s', async (field, body) => {
      const { status, body: problem } = await users.put('/way@example.com/registrations/bad', body);
      expect([status, problem.code]).toEqual([400, 'invalid_request']);
      expect(problem.errors.map((e: { field: string }) => e.field)).toContain(field);
    });

    it.each<[string, string]>([
      ['deviceId', '/way@example.com/registrations/%00'],
      ['deviceId', `/way@example.com/registrations/${'d'.repeat(129)}`],
      ['deviceId', `/way@example.com/registrations/${encodeURIComponent('ünicode')}`],
      ['user', `/${'a'.repeat(250)}@example.com/registrations/d1`],
      ['user', '/a%00b@example.com/registrations/d1'],
    ])('names %s of the path', async (field, path) => {
      const { status, body: problem } = await users.put(path, good);
      expect([status, problem.code]).toEqual([400, 'invalid_request']);
      expect(problem.errors.map((e: { field: string }) => e.field)).toContain(field);
    });

    it.each(['[]', '"text"', 'null', '{', ''])('answers 400 to the body %j', async (body) => {
      expect((await users.put('/way@example.com/registrations/bad', body)).status).toBe(400);
    });
  });
});
