import { failed, first, registered, UsersApp } from './users-app';

describe('reports of devices', () => {
  let users: UsersApp;
  beforeAll(async () => {
    users = await UsersApp.start();
  });
  afterAll(() => users.stop());

  const history = async (email: string): Promise<{ previous: string; status: string; at: string; sip: unknown }[]> =>
    (await users.get(`/${encodeURIComponent(email)}/status-history`)).body.items as never;
  const versions = async (email: string): Promise<unknown> => {
    const { rows } = await users.database.query(
      'select u.xmin::text as user, (select array_agg(r.xmin::text) from registrations r where r.user_id = u.user_id) as devices from integrated_users u where email = $1',
      [email],
    );
    return rows[0];
  };

  it('that come at once are all stored, each answered by itself', async () => {
    const emails = Array.from({ length: 300 }, (_, n) => `many${n}@example.com`);
    for (const email of emails)
      await users.addUser({ email, credential: email.endsWith('7@example.com') ? 'none' : 'ready' });
    const answers = await Promise.all(
      [...emails, 'nobody@example.com'].map((email) => users.report(email, 'd1', registered())),
    );
    expect(answers).toEqual([...emails.map((email) => (email.endsWith('7@example.com') ? 409 : 204)), 404]);
    const { rows } = await users.database.query<{ status: string; n: number }>(
      `select status, count(*)::int as n from integrated_users where email like 'many%' group by status order by status`,
    );
    expect(rows).toEqual([
      { status: 'pending', n: 30 },
      { status: 'registered', n: 270 },
    ]);
  });

  it('are stored beside one whose user’s row was broken by hand', async () => {
    const emails = Array.from({ length: 12 }, (_, n) => `beside${n}@example.com`);
    for (const email of emails) await users.addUser({ email });
    // No report leads from here to `registered`: the credential should have made the user inactive before.
    await users.addUser({ email: 'broken@example.com', status: 'pending' });
    const answers = await Promise.all(
      [...emails.slice(6), 'broken@example.com', ...emails.slice(0, 6)].map((email) =>
        users.report(email, 'd1', registered()),
      ),
    );
    expect(answers).toEqual([...Array<number>(6).fill(204), 500, ...Array<number>(6).fill(204)]);
    expect((await users.status('beside0@example.com')).status).toBe('registered');
    expect((await users.status('broken@example.com')).registrations).toEqual([]);
  });

  it('of one user stay in their order, whatever else comes in between', async () => {
    await users.addUser({ email: 'order@example.com', zoomUserId: 'ZoomOrder' });
    for (const last of [503, 404, 408]) {
      const codes = [500, 501, 502, last];
      const sent: Promise<number>[] = [];
      for (const code of codes) {
        sent.push(users.report('order@example.com', 'd1', failed(code)));
        // The server reads connections in the order in which they speak; leave it time to.
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      expect(await Promise.all(sent)).toEqual([204, 204, 204, 204]);
      expect((await users.status('order@example.com')).sip).toMatchObject({ code: last });
    }
  });

  it('count by the device’s own sequence, not by arrival', async () => {
    await users.addUser({ email: 'late@example.com' });
    const report = (sequence: number | undefined, body: object): Promise<number> =>
      users.report('late@example.com', 'd1', { ...body, ...(sequence === undefined ? {} : { sequence }) });
    expect(await report(8, registered())).toBe(204);
    expect(await report(7, failed(503))).toBe(204);
    expect(await report(8, failed(503))).toBe(204);
    expect((await users.status('late@example.com')).status).toBe('registered');
    expect(await report(9, failed(486))).toBe(204);
    expect((await users.status('late@example.com')).sip).toMatchObject({ code: 486 });
    // Another device counts for itself, and one that does not count is taken as it comes.
    expect(await users.report('late@example.com', 'd2', { ...registered(), sequence: 1 })).toBe(204);
    expect(await report(undefined, registered())).toBe(204);
    expect((await users.status('late@example.com')).status).toBe('registered');
    const bad = await users.put('/late@example.com/registrations/d1', { ...registered(), sequence: -1 });
    expect(bad).toMatchObject({ status: 400, body: { errors: [{ field: 'sequence' }] } });
  });

  it('that repeat the one before write the time of the device and nothing else', async () => {
    await users.addUser({ email: 'again@example.com' });
    await users.report('again@example.com', 'd1', registered(600));
    const before = (await versions('again@example.com')) as { user: string; devices: string[] };
    const { since } = first((await users.status('again@example.com')).registrations);
    users.clock.advance(60);
    await users.report('again@example.com', 'd1', registered(600));
    const after = (await versions('again@example.com')) as typeof before;
    expect(after.user).toBe(before.user);
    expect(after.devices).not.toEqual(before.devices);
    const renewed = await users.status('again@example.com');
    expect(first(renewed.registrations)).toMatchObject({ since, state: 'registered' });
    // The time that the user's row holds is that of the first report; passing it changes nothing.
    users.clock.advance(560);
    expect((await users.status('again@example.com')).status).toBe('registered');
    users.clock.advance(60);
    const over = await users.status('again@example.com');
    expect(over).toMatchObject({ status: 'inactive', since: first(over.registrations).expiresAt });
  });

  it('leave a history of the last 50 moves', async () => {
    await users.addUser({ email: 'history@example.com' });
    expect(await history('history@example.com')).toEqual([]);
    await users.report('history@example.com', 'd1', registered());
    await users.report('history@example.com', 'd1', registered());
    await users.report('history@example.com', 'm1', failed(503, 'client', 'mobile'));
    expect(await history('history@example.com')).toMatchObject([
      {
        previous: 'registered',
        status: 'sip_error',
        sip: { platform: 'mobile', code: 503, source: 'client', phrase: 'Service Unavailable' },
      },
      { previous: 'inactive', status: 'registered', sip: null },
    ]);
    for (let n = 0; n < 30; n += 1) {
      await users.report('history@example.com', 'm1', registered(600, 'mobile'));
      await users.report('history@example.com', 'm1', failed(400 + n, 'registrar', 'mobile'));
    }
    const kept = await history('history@example.com');
    expect(kept).toHaveLength(50);
    expect(kept[0]).toMatchObject({ status: 'sip_error', sip: { code: 429 } });
    expect(kept.map(({ at }) => at)).toEqual(
      kept
        .map(({ at }) => at)
        .sort()
        .reverse(),
    );
    const { rows } = await users.database.query<{ n: number }>(
      `select count(*)::int as n from status_transitions t join integrated_users u using (connector_id, user_id) where email = 'history@example.com'`,
    );
    expect(rows[0]?.n).toBe(50);
    expect((await users.get('/nobody@example.com/status-history')).status).toBe(404);
  });
});
