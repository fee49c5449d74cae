import { failed, MD5, registered, SHA256, TARGETS, UsersApp } from './users-app';

describe('the hand-out of registrations', () => {
  let users: UsersApp;
  beforeAll(async () => {
    users = await UsersApp.start();
    await users.addUser({ email: 'both@example.com', zoomUserId: 'Both' });
    await users.addUser({ email: 'md5@example.com', sha256: null });
    await users.addUser({ email: 'pbx@example.com', targets: TARGETS.filter((target) => target.role === 'pbx') });
    await users.addUser({ email: 'pending@example.com', credential: 'none' });
    await users.addUser({ email: 'removed@example.com', status: 'removed' });
  });
  afterAll(() => users.stop());

  it('gives the decrypted credential and the targets, not to be stored', async () => {
    const { status, headers, body } = await users.get('/both@example.com/registration?platform=desktop');
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({
      sip: { userName: '+498970074711', authUserName: '4711', realm: 'mitel.test', algorithm: 'SHA-256', ha1: SHA256 },
      credentials: [
        { algorithm: 'SHA-256', ha1: SHA256 },
        { algorithm: 'MD5', ha1: MD5 },
      ],
      place: 'unknown',
      targets: [TARGETS[2], TARGETS[1]],
      failover: {
        nextTarget: { codes: [408, 500, 502, 503, 504], withoutAnswer: true },
        sameTarget: { codes: [423] },
        stop: { codes: [401, 403, 404, 407] },
        otherwise: 'stop',
      },
      registrationExpires: 3600,
      devices: { limit: 2, registered: 0, teleworkerLicences: 2 },
      features: { mobile: true, hybrid: null },
      asOf: null,
    });
  });

  it('falls back to MD5', async () => {
    const { body } = await users.get('/md5@example.com/registration?platform=mobile');
    expect(body.sip).toMatchObject({ algorithm: 'MD5', ha1: MD5 });
    expect(body.credentials).toHaveLength(1);
  });

  it('gives the PBX to a desktop without SBC, and nothing to its mobile', async () => {
    const desktop = (await users.get('/pbx@example.com/registration?platform=desktop')).body;
    const mobile = (await users.get('/pbx@example.com/registration?platform=mobile')).body;
    expect([desktop.targets, desktop.features]).toEqual([[TARGETS[0]], { mobile: false, hybrid: null }]);
    expect([mobile.targets, mobile.features]).toEqual([[], { mobile: false, hybrid: null }]);
  });

  it('counts the devices that are registered now, and the licences for them', async () => {
    const devices = async (): Promise<unknown> =>
      (await users.get('/md5@example.com/registration?platform=desktop')).body.devices;
    await users.report('md5@example.com', 'd1', registered(60));
    await users.report('md5@example.com', 'm1', registered(600, 'mobile'));
    await users.report('md5@example.com', 'm2', failed(503, 'registrar', 'mobile'));
    await users.report('both@example.com', 'd1', registered());
    expect(await devices()).toEqual({ limit: 2, registered: 2, teleworkerLicences: 2 });
    users.clock.advance(61);
    await users.database.query(
      `update integrated_users set licences = '{"teleworker": 1}' where email = 'md5@example.com'`,
    );
    expect(await devices()).toEqual({ limit: 1, registered: 1, teleworkerLicences: 1 });
    await users.database.query(`update integrated_users set licences = '{}' where email = 'md5@example.com'`);
    expect(await devices()).toEqual({ limit: 2, registered: 1, teleworkerLicences: null });
  });

  it.each([true, false, null])('tells apart who has Zoom Phone besides: %p', async (zoomPhone) => {
    await users.database.query(`update integrated_users set zoom_phone = $1 where email = 'both@example.com'`, [
      zoomPhone,
    ]);
    const { body } = await users.get('/both@example.com/registration?platform=desktop');
    expect(body.features).toEqual({ mobile: true, hybrid: zoomPhone });
  });

  it('is audited, once per answer, without the hash', async () => {
    const { rows: before } = await users.database.query('select coalesce(max(event_id), 0) as id from audit_events');
    await users.get('/Both/registration?platform=mobile');
    await users.get('/pending@example.com/registration?platform=mobile');
    const { rows } = await users.database.query('select * from audit_events where event_id > $1', [before[0]?.id]);
    expect(rows).toEqual([
      expect.objectContaining({
        connector_id: users.connectorId,
        actor_kind: 'client',
        actor_id: expect.stringMatching(/^zcc_/),
        action: 'credential.read',
        address: '127.0.0.1',
        details: { email: 'both@example.com', platform: 'mobile', place: 'unknown' },
      }),
    ]);
    expect(JSON.stringify(rows)).not.toContain(SHA256);
  });

  it('answers 409, 404, 403 and 400', async () => {
    const code = async (path: string, token?: string): Promise<[number, string]> => {
      const { status, body } = await users.get(path, token === undefined ? {} : { token });
      return [status, body.code];
    };
    expect(await code('/pending@example.com/registration?platform=desktop')).toEqual([409, 'user_pending']);
    expect(await code('/removed@example.com/registration?platform=desktop')).toEqual([404, 'not_found']);
    expect(await code('/nobody@example.com/registration?platform=desktop')).toEqual([404, 'not_found']);
    expect(await code('/both@example.com/registration')).toEqual([400, 'invalid_request']);
    expect(await code('/both@example.com/registration?platform=tv')).toEqual([400, 'invalid_request']);
    expect(await code('/both@example.com/registration?platform=desktop', await users.token(['status:read']))).toEqual([
      403,
      'insufficient_scope',
    ]);
  });

  it('opens no hash that was copied from another user', async () => {
    await users.addUser({ email: 'thief@example.com' });
    await users.database.query(`update sip_credentials c set sha256_ha1 = s.sha256_ha1
      from sip_credentials s join integrated_users v on v.user_id = s.user_id and v.email = 'both@example.com', integrated_users u
      where u.email = 'thief@example.com' and c.user_id = u.user_id`);
    const { status, body } = await users.get('/thief@example.com/registration?platform=desktop');
    expect([status, body.code]).toEqual([500, 'internal_error']);
    expect(users.lines.join('')).not.toContain(SHA256);
  });
});
