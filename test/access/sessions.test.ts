import { Sessions } from '../../src/access/sessions/sessions.service';
import { StatusEvents } from '../../src/users/transitions/status-events';
import { startProgram, until, type Program } from '../support/program';
import { ConsoleBrowser } from './console-browser';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Sessions of admins, over HTTP, on the whole program against the sandbox. */
describe('a session of the console', () => {
  let program: Program;
  let admin: ConsoleBrowser;
  let connectorId: string;

  beforeEach(async () => {
    // Nobody works on jobs: what a session looks at must be looked at for its own sake.
    program = await startProgram({ users: 10, role: 'api' });
    await program.connect();
    connectorId = (await program.connectorIds())[0] ?? '';
    admin = new ConsoleBrowser(program);
    expect(await admin.signIn('zoom', 'one.owner')).toEqual({ provider: 'zoom', result: 'signed_in' });
  });
  afterEach(() => program.stop());

  const overview = async (as = admin): Promise<unknown[]> => {
    const { status, body } = await as.call('GET', `/v1/connectors/${connectorId}`);
    return status === 200 ? [200] : [status, body['code']];
  };
  const audit = async (): Promise<unknown[]> =>
    (
      await program.database.query(
        `select action, actor_kind as kind, actor_id as actor, details->>'provider' as provider, details->>'reason' as reason,
                address is not null as "hasAddress" from audit_events where action like 'session.%' order by event_id`,
      )
    ).rows;
  const rows = async (): Promise<number> => (await program.database.query('select from admin_sessions')).rowCount ?? -1;

  it('says who is signed in, and is not there without its cookie', async () => {
    const { status, headers, body } = await admin.call('GET', '/v1/session');
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({
      connectorId,
      admin: { email: 'Olga.Owner@nordwind.example', provider: 'zoom', role: 'Owner' },
      csrfToken: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      idleSeconds: 1800,
      expiresAt: expect.any(String),
    });
    const left = Date.parse(String(body['expiresAt'])) - program.clock.now().getTime();
    expect(Math.round(left / HOUR)).toBe(12);
    expect(await new ConsoleBrowser(program).call('GET', '/v1/session')).toMatchObject({
      status: 401,
      body: { code: 'unauthenticated', detail: expect.stringContaining('sign in') },
    });
    expect(await overview()).toEqual([200]);
  });

  it('lives in a cookie that no script and no other site can use, and in the database only as a hash', async () => {
    const other = new ConsoleBrowser(program);
    const lines: string[] = [];
    const sent = globalThis.fetch;
    const spy = jest.spyOn(globalThis, 'fetch').mockImplementation(async (...request) => {
      const response = await sent(...request);
      lines.push(...response.headers.getSetCookie());
      return response;
    });
    await other.signIn('cloudlink', 'one.account-admin');
    spy.mockRestore();
    const line = lines.find((text) => text.startsWith('connector_session=')) ?? '';
    expect(line.split('; ').slice(1).sort()).toEqual(['HttpOnly', 'Max-Age=43200', 'Path=/v1', 'SameSite=Strict']);
    const { rows: dump } = await program.database.query<{ text: string }>(
      `select admin_sessions::text as text from admin_sessions`,
    );
    expect(dump).toHaveLength(3);
    for (const secret of [admin.cookie ?? '', other.cookie ?? '', admin.csrfToken ?? '']) {
      expect(secret).toHaveLength(43);
      expect(
        dump.filter(({ text }) => text.includes(secret) || text.includes(Buffer.from(secret).toString('hex'))),
      ).toEqual([]);
      expect(program.log()).not.toContain(secret);
    }
  });

  it('is a new one at each sign-in, and the browser’s old one is over', async () => {
    const old = { cookie: `connector_session=${admin.cookie ?? ''}` };
    await admin.signIn('zoom', 'one.owner');
    expect(admin.cookie).not.toBe(old.cookie.split('=')[1]);
    const answer = await fetch(`${program.url}/v1/session`, { headers: old });
    expect(answer.status).toBe(401);
    expect(await overview()).toEqual([200]);
    expect((await audit()).slice(-3)).toMatchObject([
      { action: 'session.started', kind: 'admin', provider: 'zoom', hasAddress: true },
      { action: 'session.ended', kind: 'admin', reason: 'signed_in_again' },
      { action: 'session.started' },
    ]);
  });

  it('ends when its admin signs out, or signs out everywhere, and the cookie goes', async () => {
    const elsewhere = new ConsoleBrowser(program);
    await elsewhere.signIn('zoom', 'one.owner');
    const colleague = new ConsoleBrowser(program);
    expect(await colleague.signIn('zoom', 'one.second-admin')).toEqual({ provider: 'zoom', result: 'standby' });
    const third = new ConsoleBrowser(program);
    await third.signIn('zoom', 'one.owner');
    const out = await third.call('DELETE', '/v1/session');
    expect([out.status, out.headers.getSetCookie()]).toEqual([
      204,
      [
        expect.stringMatching(
          /^connector_session=; Max-Age=0; Path=\/v1; Expires=Thu, 01 Jan 1970|^connector_session=; .*Path=\/v1/,
        ),
      ],
    ]);
    expect(await overview(third)).toEqual([401, 'unauthenticated']);
    expect(await overview(elsewhere)).toEqual([200]);
    expect((await admin.call('DELETE', '/v1/sessions')).status).toBe(204);
    expect(await overview()).toEqual([401, 'unauthenticated']);
    expect(await overview(elsewhere)).toEqual([401, 'unauthenticated']);
    expect(await overview(colleague)).toEqual([200]);
    const ended = (await audit()).filter((event) => (event as { action: string }).action === 'session.ended');
    expect(ended.slice(-3)).toEqual([
      expect.objectContaining({ kind: 'admin', reason: 'signed_out', provider: 'zoom', hasAddress: true }),
      expect.objectContaining({ kind: 'admin', reason: 'signed_out_everywhere', hasAddress: true }),
      expect.objectContaining({ kind: 'admin', reason: 'signed_out_everywhere', hasAddress: true }),
    ]);
  });

  it('is over after 30 minutes without a person, and what a page asks by itself does not count', async () => {
    program.clock.advance(29 * MINUTE);
    expect(await overview()).toEqual([200]);
    program.clock.advance(29 * MINUTE);
    expect((await admin.call('GET', '/v1/session', { headers: { 'x-background': '1' } })).status).toBe(200);
    program.clock.advance(2 * MINUTE);
    expect(await overview()).toEqual([401, 'unauthenticated']);
    expect(await rows()).toBe(1);
    expect((await audit()).at(-1)).toMatchObject({ action: 'session.ended', reason: 'idle', kind: 'system' });
  });

  it('is over after twelve hours, however busy it was', async () => {
    for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      program.clock.advance(20 * MINUTE);
      expect(await overview()).toEqual([200]);
    }
    program.clock.advance(20 * MINUTE);
    expect(await overview()).toEqual([401, 'unauthenticated']);
    expect((await audit()).at(-1)).toMatchObject({ action: 'session.ended', reason: 'expired' });
  });

  it('changes nothing without the CSRF token, with a wrong one, and from another site’s page', async () => {
    const body = { provider: 'zoom' };
    const path = `/v1/connectors/${connectorId}/authorize-links`;
    const refused = { status: 403, body: { code: 'csrf_token_invalid' } };
    const right = { 'x-csrf-token': admin.csrfToken ?? '' };
    expect(await admin.call('POST', path, { body })).toMatchObject({ status: 201 });
    expect(await admin.call('POST', path, { body, headers: { origin: program.url } })).toMatchObject({ status: 201 });
    for (const origin of ['https://evil.example', 'null', `${program.url}.evil.example`, ''])
      expect(await admin.call('POST', path, { body, headers: { origin } })).toMatchObject(refused);
    for (const token of ['', 'x', `${right['x-csrf-token']}A`, right['x-csrf-token'].toLowerCase()])
      expect(await admin.call('POST', path, { body, headers: { 'x-csrf-token': token } })).toMatchObject(refused);
    admin.csrfToken = undefined;
    expect(await admin.call('POST', path, { body })).toMatchObject(refused);
    expect(await admin.call('DELETE', '/v1/session')).toMatchObject(refused);
    expect(await overview()).toEqual([200]);
    // Another session's is a wrong one, too.
    const other = new ConsoleBrowser(program);
    await other.signIn('zoom', 'one.second-admin');
    expect(await admin.call('POST', path, { body, headers: { 'x-csrf-token': other.csrfToken ?? '' } })).toMatchObject(
      refused,
    );
  });

  it('does not help a request whose Authorization header is wrong', async () => {
    for (const authorization of ['Bearer nonsense', 'Basic eDp5', '', 'Bearer'])
      expect(await admin.call('GET', '/v1/session', { headers: { authorization } })).toMatchObject({
        status: 401,
        body: { code: 'unauthenticated' },
      });
    const token = await program.token(connectorId);
    expect(
      (await admin.call('GET', `/v1/connectors/${connectorId}`, { headers: { authorization: `Bearer ${token}` } }))
        .status,
    ).toBe(200);
    // The session is not what this request is about.
    expect(await admin.call('GET', '/v1/session', { headers: { authorization: `Bearer ${token}` } })).toMatchObject({
      status: 401,
    });
  });

  it('goes on when its admin consents anew elsewhere: it is the same admin’s grant', async () => {
    const second = new ConsoleBrowser(program);
    await second.signIn('zoom', 'one.owner');
    expect(await overview()).toEqual([200]);
    expect(await overview(second)).toEqual([200]);
  });

  it('ends with its grant, also as a standby, and nobody else’s does', async () => {
    const standby = new ConsoleBrowser(program);
    expect(await standby.signIn('cloudlink', 'one.second-admin')).toEqual({ provider: 'cloudlink', result: 'standby' });
    program.sandbox.control.removePerson('cloudlink', 'one.second-admin');
    program.clock.advance(16 * MINUTE);
    expect(await overview(standby)).toEqual([401, 'unauthenticated']);
    expect(await overview()).toEqual([200]);
    expect((await audit()).at(-1)).toMatchObject({ reason: expect.stringMatching(/^(grant_dead|user_left)$/) });
  });

  it('has its admin’s role looked at again after 15 minutes, once a minute at most, and ends when it is gone', async () => {
    const looks = (): number => program.sandbox.control.requests().counts['zoom.permissions'] ?? 0;
    program.sandbox.control.clearRequests();
    program.clock.advance(14 * MINUTE);
    expect(await overview()).toEqual([200]);
    expect(looks()).toBe(0);
    program.clock.advance(2 * MINUTE);
    await Promise.all([1, 2, 3, 4].map(() => overview()));
    expect(looks()).toBe(1);
    program.sandbox.control.setZoomRole('one.owner', 'admin-without-psi');
    program.clock.advance(14 * MINUTE);
    expect(await overview()).toEqual([200]);
    program.clock.advance(2 * MINUTE);
    // A page that wakes up asks many things at once: none of them is answered by the role of before.
    const answers = await Promise.all(Array.from({ length: 8 }, () => overview()));
    expect(answers).toEqual(Array.from({ length: 8 }, () => [401, 'unauthenticated']));
    expect((await audit()).at(-1)).toMatchObject({ action: 'session.ended', reason: 'role_missing' });
    // And there is no way in without it.
    expect(await admin.signIn('zoom', 'one.owner')).toEqual({ provider: 'zoom', error: 'missing_role' });
  });

  it('goes on while the provider cannot be asked', async () => {
    program.clock.advance(16 * MINUTE);
    program.sandbox.control.setFault({ kind: 'zoom.permissions', fault: '500', times: 1000 });
    program.sandbox.control.clearRequests();
    const asked = (): number => program.sandbox.control.requests().counts['zoom.permissions'] ?? 0;
    expect(await overview()).toEqual([200]);
    // The call itself is tried a few times.
    await until('the look to end', async () => (/role was not looked at/.test(program.log()) ? true : undefined));
    const once = asked();
    expect(once).toBeGreaterThan(0);
    // Not again at once, but a minute later.
    expect(await overview()).toEqual([200]);
    expect(asked()).toBe(once);
    program.clock.advance(MINUTE);
    expect(await overview()).toEqual([200]);
    expect(asked()).toBeGreaterThan(once);
    program.sandbox.control.clearFaults();
  });

  it('ends with the connector', async () => {
    expect((await admin.call('POST', `/v1/connectors/${connectorId}/disconnect`)).status).toBe(202);
    expect(await overview()).toEqual([401, 'unauthenticated']);
    expect((await audit()).at(-1)).toMatchObject({ reason: 'disconnected' });
  });

  describe('and the stream of statuses', () => {
    const beat = (): Promise<void> => program.app.get(StatusEvents).beat();
    /** As EventSource does: the cookie, and no header of its own. */
    async function listen(as = admin): Promise<{ status: number; isOver(): boolean; over: Promise<void> }> {
      const url = new URL(`${program.url}/v1/connectors/${connectorId}/status-events`);
      const headers = { accept: 'text/event-stream', cookie: as.browser.cookieHeader(url) };
      const { status, body } = await fetch(url, { headers });
      let isOver = false;
      const over = (async (): Promise<void> => {
        for await (const chunk of body ?? []) void chunk;
        isOver = true;
      })();
      return { status, isOver: () => isOver, over };
    }

    it('which ends with it: signed out, or over because only the stream was there', async () => {
      const colleague = new ConsoleBrowser(program);
      await colleague.signIn('zoom', 'one.second-admin');
      const theirs = await listen(colleague);
      const mine = await listen();
      expect([theirs.status, mine.status]).toEqual([200, 200]);
      await beat();
      await colleague.call('DELETE', '/v1/session');
      await beat();
      await theirs.over;
      program.clock.advance(29 * MINUTE);
      await beat();
      // The browser opens it again after a break: no person did that.
      const again = await listen();
      expect([again.status, mine.isOver()]).toEqual([200, false]);
      program.clock.advance(2 * MINUTE);
      await beat();
      await Promise.all([mine.over, again.over]);
      expect((await listen()).status).toBe(401);
    });

    it('which ends with the grant', async () => {
      const mine = await listen();
      await program.database.query(
        `update grants set state = 'dead', dead_reason = 'invalid_grant', access_token = null, refresh_token = null where provider = 'zoom'`,
      );
      await beat();
      await mine.over;
      expect((await audit()).at(-1)).toMatchObject({ action: 'session.ended', reason: 'grant_dead' });
    });
  });

  it('is counted by itself: its answers say how often it may ask', async () => {
    const { headers } = await admin.call('GET', '/v1/session');
    expect(headers.get('ratelimit-policy')).toBe('"session";q=100;w=1');
    expect(headers.get('ratelimit')).toMatch(/^"session";r=\d\d;t=1$/);
  });

  it('is swept when it is over and nobody asks', async () => {
    await program.app.get(Sessions).sweep();
    expect(await rows()).toBe(2);
    program.clock.advance(31 * MINUTE);
    await program.app.get(Sessions).sweep();
    expect(await rows()).toBe(0);
    expect((await audit()).slice(-2)).toMatchObject([
      { action: 'session.ended', reason: 'idle' },
      { action: 'session.ended', reason: 'idle' },
    ]);
  });
});
