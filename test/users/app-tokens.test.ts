import { randomUUID } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, importJWK, SignJWT, type JWTPayload } from 'jose';
import { ApiClients } from '../../src/access/api-clients.service';
import { SigningKeys } from '../../src/access/signing-keys';
import { failed, registered, UsersApp, type Answer } from './users-app';

interface AppToken {
  access_token: string;
  issued_token_type: string;
  token_type: string;
  expires_in: number;
  scope: string;
}

describe('app tokens', () => {
  let users: UsersApp;
  beforeAll(async () => {
    users = await UsersApp.start();
    await users.addUser({ email: 'erika@example.com', zoomUserId: 'Erika' });
    await users.addUser({ email: 'max@example.com', zoomUserId: 'Max' });
    await users.addUser({ email: 'gone@example.com', zoomUserId: 'Gone', status: 'removed' });
    await users.addUser({ email: 'pending@example.com', zoomUserId: null, credential: 'none' });
  });
  afterAll(() => users.stop());

  const mint = async (user: string, body: unknown, token?: string): Promise<Answer & { body: AppToken }> => {
    const response = await fetch(
      `${users.url}/v1/connectors/${users.connectorId}/users/${encodeURIComponent(user)}/app-tokens`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${token ?? (await users.token())}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      },
    );
    return { status: response.status, headers: response.headers, body: (await response.json()) as never };
  };
  const tokenOf = async (user: string, platform = 'desktop', by?: string): Promise<string> =>
    (await mint(user, { platform }, by)).body.access_token;
  const status = async (token: string, user = 'Erika'): Promise<[number, string | undefined]> => {
    const answer = await users.get(`/${user}/status`, { token });
    return [answer.status, answer.body.code];
  };
  const dead = [401, 'unauthenticated'];
  const alive = [200, undefined];

  it('are answered as RFC 8693 names it, not to be stored, and recorded', async () => {
    const { status: code, headers, body } = await mint('ERIKA@example.com', { platform: 'mobile' });
    expect([code, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toEqual({
      access_token: expect.any(String),
      issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      token_type: 'Bearer',
      expires_in: 900,
      scope: 'status:read credentials:read registrations:write',
    });
    const claims = decodeJwt(body.access_token);
    const { rows } = await users.database.query<{ user_id: string }>(
      `select user_id from integrated_users where email = 'erika@example.com'`,
    );
    expect(claims).toEqual({
      iss: 'https://host.example',
      aud: 'https://host.example/v1',
      sub: rows[0]?.user_id,
      user_id: rows[0]?.user_id,
      platform: 'mobile',
      connector_id: users.connectorId,
      client_id: expect.stringMatching(/^zcc_/),
      scope: body.scope,
      jti: expect.any(String),
      iat: expect.any(Number),
      exp: (claims.iat ?? 0) + 900,
    });
    // Nobody who reads the token learns who the person is.
    expect(JSON.stringify(claims)).not.toMatch(/erika/i);
    expect(decodeProtectedHeader(body.access_token)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
    const { rows: audit } = await users.database.query(
      `select actor_kind, actor_id, subject, details from audit_events where action = 'app_token.created' order by event_id desc limit 1`,
    );
    expect(audit).toEqual([
      {
        actor_kind: 'client',
        actor_id: claims['client_id'],
        subject: rows[0]?.user_id,
        details: { platform: 'mobile', jti: claims.jti },
      },
    ]);
  });

  it('are verified by anybody who has our published keys', async () => {
    const token = await tokenOf('Erika');
    const { keys } = (await (await fetch(`${users.url}/oauth2/jwks`)).json()) as { keys: { kid: string }[] };
    expect(keys.map(({ kid }) => kid)).toContain(decodeProtectedHeader(token).kid);
  });

  it('open the three routes of their user, by email and by id', async () => {
    const token = await tokenOf('Erika');
    expect(await status(token)).toEqual(alive);
    expect(await status(token, 'Erika%40EXAMPLE.com')).toEqual(alive);
    const handOut = await users.get('/Erika/registration?platform=desktop', { token });
    expect([handOut.status, handOut.body.sip.ha1.length]).toEqual([200, 64]);
    const report = await users.put('/erika@example.com/registrations/d1', registered(), { token });
    expect(report.status).toBe(204);
    const { rows } = await users.database.query<{ details: unknown }>(
      `select details from audit_events where action = 'credential.read' order by event_id desc limit 1`,
    );
    expect(rows).toEqual([
      { details: { email: 'erika@example.com', platform: 'desktop', place: 'unknown', by: 'app' } },
    ]);
  });

  it('report for their own platform only, and never over a device of the other one', async () => {
    const [desktop, mobile] = [await tokenOf('Erika', 'desktop'), await tokenOf('Erika', 'mobile')];
    const put = async (token: string, device: string, body: unknown): Promise<[number, string | undefined]> => {
      const answer = await users.put(`/Erika/registrations/${device}`, body, { token });
      return [answer.status, answer.body?.code];
    };
    const refused = [403, 'insufficient_scope'];
    expect(await put(mobile, 'phone', registered(600, 'mobile'))).toEqual([204, undefined]);
    expect(await put(mobile, 'phone-2', registered(600, 'desktop'))).toEqual(refused);
    expect(await put(desktop, 'phone', failed(403))).toEqual(refused);
    expect((await users.status('Erika')).registrations.filter(({ deviceId }) => deviceId === 'phone')).toMatchObject([
      { platform: 'mobile', state: 'registered' },
    ]);
    expect(await put(desktop, 'phone-3', {})).toEqual([400, 'invalid_request']);
    expect((await users.get('/Erika/registration?platform=mobile', { token: desktop })).status).toBe(403);
    expect((await users.get('/Erika/registration?platform=desktop&platform=mobile', { token: desktop })).status).toBe(
      403,
    );
    expect((await users.get('/Erika/registration', { token: desktop })).status).toBe(400);
  });

  it('tell nothing of other users: who exists looks like who does not', async () => {
    const token = await tokenOf('Erika');
    const answers = await Promise.all(
      ['Max', 'max@example.com', 'Gone', 'nobody@example.com'].map((user) => users.get(`/${user}/status`, { token })),
    );
    const told = answers.map(({ body }) => JSON.stringify({ ...body, requestId: '' }));
    expect(new Set(told).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  it('follow their user, not the email: a name that passed to another person opens nothing', async () => {
    await users.addUser({ email: 'anna@example.com', zoomUserId: 'Anna' });
    const token = await tokenOf('Anna');
    expect(await status(token, 'anna@example.com')).toEqual(alive);
    await users.database.query(
      `update integrated_users set email = 'anna.new@example.com' where zoom_user_id = 'Anna'`,
    );
    await users.addUser({ email: 'anna@example.com', zoomUserId: 'Anna2' });
    users.clock.advance(5);
    expect(await status(token, 'anna@example.com')).toEqual([404, 'not_found']);
    expect(await status(token, 'anna.new@example.com')).toEqual(alive);
  });

  it('are refused for users who are not there, with a body that is wrong, and to clients with less than they give', async () => {
    const code = async (user: string, body: unknown, token?: string): Promise<[number, string]> => {
      const answer = await mint(user, body, token);
      return [answer.status, (answer.body as unknown as { code: string }).code];
    };
    expect(await code('nobody@example.com', { platform: 'desktop' })).toEqual([404, 'not_found']);
    expect(await code('Gone', { platform: 'desktop' })).toEqual([404, 'not_found']);
    expect(await code('Erika', {})).toEqual([400, 'invalid_request']);
    expect(await code('Erika', { platform: 'tv' })).toEqual([400, 'invalid_request']);
    expect(await code('Erika', { platform: 'desktop', scope: 'audit:read' })).toEqual([400, 'invalid_request']);
    for (const scopes of [['status:read', 'credentials:read'], ['registrations:write'], ['connector:manage']] as const)
      expect(await code('Erika', { platform: 'desktop' }, await users.token(scopes))).toEqual([
        403,
        'insufficient_scope',
      ]);
    // A token begets no tokens.
    expect(await code('Erika', { platform: 'desktop' }, await tokenOf('Erika'))).toEqual([403, 'insufficient_scope']);
  });

  it('let the app of a pending user see that it has to wait', async () => {
    const token = await tokenOf('pending@example.com');
    const answer = await users.get('/pending@example.com/status', { token });
    expect([answer.status, answer.body.status]).toEqual([200, 'pending']);
    expect((await users.get('/pending@example.com/registration?platform=desktop', { token })).body.code).toBe(
      'user_pending',
    );
  });

  describe('stop', () => {
    it('at their end, which no grace of the clock makes longer than 5 s', async () => {
      const token = await tokenOf('Erika');
      users.clock.advance(903);
      expect(await status(token)).toEqual(alive);
      users.clock.advance(3);
      expect(await status(token)).toEqual(dead);
    });

    it('within 5 s of the removal of their user', async () => {
      await users.addUser({ email: 'leaver@example.com', zoomUserId: 'Leaver' });
      const token = await tokenOf('Leaver');
      expect(await status(token, 'Leaver')).toEqual(alive);
      await users.database.query(`update integrated_users set status = 'removed' where zoom_user_id = 'Leaver'`);
      users.clock.advance(5);
      expect(await status(token, 'Leaver')).toEqual(dead);
      // A machine client still sees what became of the user.
      expect((await users.get('/Leaver/status')).body.status).toBe('removed');
    });

    it('when their user is removed, also when the clock was set back since', async () => {
      await users.addUser({ email: 'early@example.com', zoomUserId: 'Early' });
      const token = await tokenOf('Early');
      expect(await status(token, 'Early')).toEqual(alive);
      await users.database.query(`update integrated_users set status = 'removed' where zoom_user_id = 'Early'`);
      users.clock.advance(-3600);
      expect(await status(token, 'Early')).toEqual(dead);
      users.clock.advance(3600);
    });

    it('within 10 s of the revocation of the client that made them', async () => {
      const maker = await users.token(['status:read', 'credentials:read', 'registrations:write']);
      const token = await tokenOf('Erika', 'desktop', maker);
      expect(await status(token)).toEqual(alive);
      await users.app.get(ApiClients).revoke(String(decodeJwt(maker)['client_id']));
      users.clock.advance(10);
      expect(await status(token)).toEqual(dead);
      expect(await status(await tokenOf('Erika'))).toEqual(alive);
    });

    it('within 5 s of the end of their connector', async () => {
      const connectorId = randomUUID();
      await users.addConnector(connectorId);
      await users.addUser({ email: 'erika@example.com', zoomUserId: 'Erika' }, connectorId);
      const response = await fetch(`${users.url}/v1/connectors/${connectorId}/users/Erika/app-tokens`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await users.token(undefined, connectorId)}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ platform: 'desktop' }),
      });
      const { access_token: token } = (await response.json()) as AppToken;
      const seen = async (): Promise<number> => (await users.get('/Erika/status', { token, connectorId })).status;
      expect(await seen()).toBe(200);
      expect((await users.get('/Erika/status', { token })).status).toBe(404);
      await users.database.query(`update connectors set state = 'disconnected' where connector_id = $1`, [connectorId]);
      users.clock.advance(5);
      expect(await seen()).toBe(401);
    });
  });

  describe('with claims that are not ours to give', () => {
    const sign = async (changes: JWTPayload): Promise<string> => {
      const [jwk] = await users.app.get(SigningKeys).privateJwks();
      if (jwk === undefined) throw new Error('no key');
      const payload = { ...decodeJwt(await tokenOf('Erika')), ...changes };
      return new SignJWT(payload)
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: jwk.kid })
        .sign(await importJWK({ ...jwk }, 'ES256'));
    };

    it('the hand-made ones are good but for what each test breaks', async () => {
      expect(await status(await sign({}))).toEqual(alive);
    });

    it.each([
      ['a user without a platform', { platform: undefined }],
      ['a platform without a user', { user_id: undefined }],
      ['a platform that does not exist', { platform: 'tv' }],
      ['a number for a user', { user_id: 7 }],
      ['a user id that is none', { user_id: 'erika@example.com' }],
      ['a user that never was', { user_id: '00000000-0000-4000-8000-000000000000' }],
    ])('%s', async (_, changes) => {
      expect(await status(await sign(changes))).toEqual(dead);
    });

    it('more scope opens no more routes', async () => {
      const token = await sign({
        scope: 'status:read credentials:read registrations:write connector:manage audit:read',
      });
      expect((await users.get('', { token })).status).toBe(403);
      expect((await users.get('/Erika', { token })).status).toBe(403);
    });

    it('less scope opens fewer', async () => {
      const token = await sign({ scope: 'status:read' });
      expect(await status(token)).toEqual(alive);
      expect((await users.get('/Erika/registration?platform=desktop', { token })).status).toBe(403);
    });
  });

  it('of many users at once are asked for in few queries', async () => {
    const emails = Array.from({ length: 40 }, (_, n) => `many${n}@example.com`);
    for (const email of emails) await users.addUser({ email });
    const tokens = await Promise.all(emails.map((email) => tokenOf(email)));
    const query = jest.spyOn(users.database, 'query');
    const answers = await Promise.all(
      emails.map((email, n) => users.get(`/${email}/status`, { token: tokens[n] ?? '' })),
    );
    const asked = query.mock.calls.filter(([q]) => typeof q === 'object' && q.name === 'app-users-by-id').length;
    query.mockRestore();
    expect(answers.map(({ status: code }) => code)).toEqual(emails.map(() => 200));
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(20);
  });
});
