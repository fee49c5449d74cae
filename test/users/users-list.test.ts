import { ExpireStatusesService } from '../../src/users/expire-statuses.service';
import { failed, first, type AnswerBody, MD5, registered, SHA256, UsersApp } from './users-app';

interface Item {
  email: string;
  status: string;
  platforms: string[];
}

describe('the list of users', () => {
  let users: UsersApp;
  beforeAll(async () => {
    users = await UsersApp.start();
    for (let n = 0; n < 12; n += 1) {
      await users.addUser({
        email: `user${String(n).padStart(2, '0')}@example.com`,
        displayName: `User ${n}`,
        extension: `20${n}`,
      });
    }
    await users.addUser({ email: 'pending@example.com', credential: 'none' });
    await users.addUser({ email: 'removed@example.com', credential: 'none', status: 'removed' });
    await users.addUser({ email: 'oe@example.com', displayName: 'Özgür Weiß 100%_\\' });
  });
  afterAll(() => users.stop());

  const emails = (items: Item[]): string[] => items.map((item) => item.email);
  const list = async (query: string): Promise<Item[]> => (await users.get(query)).body.items;

  it('shows all but the removed, ordered by email', async () => {
    const { status, body } = await users.get('');
    expect(status).toBe(200);
    expect(body.items).toHaveLength(14);
    expect(body.nextCursor).toBeNull();
    expect(emails(body.items)).toEqual([...emails(body.items)].sort());
    expect(body.items[2]).toEqual({
      userId: expect.stringMatching(/^zoom-/),
      email: 'user00@example.com',
      displayName: 'User 0',
      extension: '200',
      pbx: { type: 'OSV', site: 'Munich' },
      callerId: '+498970074711',
      membership: 'automatic',
      status: 'inactive',
      since: expect.any(String),
      sip: null,
      platforms: [],
      devices: { desktop: null, mobile: null },
      syncedAt: expect.any(String),
      missingSince: null,
    });
    expect(emails(await list('?status=removed'))).toEqual(['removed@example.com']);
    expect(emails(await list('?status=pending'))).toEqual(['pending@example.com']);
  });

  it('shows whom the syncs do not find any more, and lists them alone', async () => {
    const since = new Date('2026-11-23T10:00:00.000Z');
    const mark = (emailsOf: string[], at: Date | null): Promise<unknown> =>
      users.database.query(
        `update integrated_users set missing_since = $2, missing_run_id = case when $2::timestamptz is null then null else gen_random_uuid() end
         where email = any($1)`,
        [emailsOf, at],
      );
    const missing = ['oe@example.com', 'user03@example.com'];
    await mark(missing, since);
    expect(emails(await list('?missing=true'))).toEqual(missing);
    expect(await list('?missing=true&limit=1')).toMatchObject([{ missingSince: since.toISOString() }]);
    expect((await users.get('/user03@example.com')).body).toMatchObject({ missingSince: since.toISOString() });
    const others = emails(await list('?missing=false'));
    expect(others).toEqual(emails(await list('')).filter((email) => !missing.includes(email)));
    const { nextCursor } = (await users.get('?missing=true&limit=1')).body;
    expect(emails(await list(`?missing=true&cursor=${nextCursor}`))).toEqual(missing.slice(1));
    expect((await users.get(`?missing=false&cursor=${nextCursor}`)).status).toBe(400);
    await mark(missing, null);
    expect(await list('?missing=true')).toEqual([]);
  });

  it('pages without loss or repetition while users come and go', async () => {
    const start = (await users.get('?limit=5&q=user')).body;
    await users.addUser({ email: 'user00a@example.com' });
    await users.addUser({ email: 'user04a@example.com' });
    await users.database.query(
      `delete from integrated_users where connector_id = $1 and email = 'user01@example.com'`,
      [users.connectorId],
    );
    const seen = emails(start.items);
    let cursor: string | null = start.nextCursor;
    while (cursor !== null) {
      const page: AnswerBody = (await users.get(`?limit=5&q=user&cursor=${cursor}`)).body;
      seen.push(...emails(page.items));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([
      ...[
        'user00',
        'user01',
        'user02',
        'user03',
        'user04',
        'user04a',
        'user05',
        'user06',
        'user07',
        'user08',
        'user09',
        'user10',
        'user11',
      ].map((name) => `${name}@example.com`),
    ]);
    await users.database.query(
      `delete from integrated_users where email in ('user00a@example.com', 'user04a@example.com')`,
    );
  });

  it('ends with null when the last page is full', async () => {
    const { items, nextCursor } = (await users.get('?limit=1&status=pending')).body;
    expect([items.length, nextCursor]).toEqual([1, null]);
  });

  it.each([
    ['özg', ['oe@example.com']],
    ['ÖZGÜR', ['oe@example.com']],
    ['weiß', ['oe@example.com']],
    ['100%', ['oe@example.com']],
    ['%_\\', ['oe@example.com']],
    ['%', ['oe@example.com']],
    ['user_1', []],
    ['.*', []],
    ['2011', ['user11@example.com']],
    ['USER11@', ['user11@example.com']],
    ['***:', []],
    ['(', []],
    ["'; drop table registrations; --", []],
  ])('searches for %j literally', async (q, expected) => {
    expect(emails(await list(`?q=${encodeURIComponent(q)}`))).toEqual(expected);
  });

  it('takes an empty search as none', async () => {
    expect(await list('?q=')).toEqual(await list(''));
  });

  it('filters by a status that is up to date and by live platforms', async () => {
    await users.report('user02@example.com', 'd', registered(60));
    await users.report('user03@example.com', 'm', registered(600, 'mobile'));
    await users.report('user04@example.com', 'd', failed(403));
    expect(emails(await list('?status=registered'))).toEqual(['user02@example.com', 'user03@example.com']);
    expect(emails(await list('?platform=desktop'))).toEqual(['user02@example.com']);
    expect(await list('?status=sip_error')).toEqual([
      expect.objectContaining({
        email: 'user04@example.com',
        sip: expect.objectContaining({ code: 403 }),
        platforms: [],
      }),
    ]);
    users.clock.advance(61);
    expect(emails(await list('?status=registered'))).toEqual(['user03@example.com']);
    expect(emails(await list('?platform=desktop'))).toEqual([]);
    expect((await list('?platform=mobile')).map((item) => item.platforms)).toEqual([['mobile']]);
    expect(emails(await list('?status=inactive'))).toContain('user02@example.com');
    expect((await users.row('user02@example.com')).status).toBe('inactive');
  });

  it('lapses what is due in the sweep, in batches, and says nothing when nothing is', async () => {
    await users.database.query(
      `insert into integrated_users (connector_id, user_id, email, credential_state, status, status_since, status_expires_at)
       select $1, gen_random_uuid(), 'bulk' || n || '@example.com', 'ready', 'registered', $2, $3 from generate_series(1, 1203) n`,
      [users.connectorId, users.clock.now(), new Date(users.clock.now().getTime() + 30_000)],
    );
    const sweeper = users.app.get(ExpireStatusesService);
    const registeredBulk = async (): Promise<number> =>
      Number(
        (
          await users.database.query(
            `select count(*) from integrated_users where status = 'registered' and email like 'bulk%'`,
          )
        ).rows[0]?.['count'],
      );
    const lines = users.lines.length;
    await sweeper.tick();
    expect(await registeredBulk()).toBe(1203);
    expect(users.lines.slice(lines).join('')).not.toContain('statuses');
    users.clock.advance(31);
    await Promise.all([sweeper.tick(), sweeper.tick()]);
    expect(await registeredBulk()).toBe(0);
    const { status_since: since, status_expires_at: expiry } = await users.row('bulk7@example.com');
    expect(since.getTime()).toBeLessThan(users.clock.now().getTime());
    expect(expiry).toBeNull();
    expect(users.lines.join('')).toContain('statuses expired');
    await users.database.query(`delete from integrated_users where email like 'bulk%'`);
  });

  it('does not let one broken row stop the sweep', async () => {
    await users.addUser({ email: 'broken@example.com', status: 'pending' });
    const due = `update integrated_users set status_expires_at = now() - interval '1 s' where email = 'broken@example.com'`;
    await users.database.query(due);
    await users.database
      .query(`insert into registrations (connector_id, user_id, device_id, platform, outcome, since, reported_at, expires_at)
      select connector_id, user_id, 'd', 'desktop', 'registered', now(), now(), now() + interval '5 hours' from integrated_users where email = 'broken@example.com'`);
    await users.app.get(ExpireStatusesService).tick();
    expect((await users.row('broken@example.com')).status).toBe('registered');
    expect(users.lines.join('')).toContain('stored status is impossible');
    await users.database.query(`delete from integrated_users where email = 'broken@example.com'`);
  });

  it('shows one user with licences and credential state, but no hash', async () => {
    await users.report('user05@example.com', 'd', registered());
    const { status, body } = await users.get('/user05@example.com');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      email: 'user05@example.com',
      licences: { zoomPsi: true, teleworker: 2 },
      credential: {
        state: 'ready',
        userName: '+498970074711',
        authUserName: '4711',
        realm: 'mitel.test',
        algorithms: ['SHA-256', 'MD5'],
      },
      platforms: ['desktop'],
      registrations: [expect.objectContaining({ deviceId: 'd' })],
    });
    const everything = JSON.stringify([body, await list(''), await users.status('user05@example.com')]);
    for (const secret of [MD5, SHA256]) {
      expect(everything).not.toContain(secret);
      expect(users.lines.join('')).not.toContain(secret);
    }
    expect((await users.get('/pending@example.com')).body.credential).toEqual({
      state: 'none',
      userName: null,
      authUserName: null,
      realm: null,
      algorithms: [],
      targets: [],
    });
    expect((await users.get('/removed@example.com')).body.status).toBe('removed');
    expect((await users.get('/nobody@example.com')).status).toBe(404);
  });

  describe('bad input', () => {
    const cursor = (content: unknown): string =>
      Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)).toString('base64url');

    it.each([
      ['limit', 'limit=0'],
      ['limit', 'limit=501'],
      ['limit', 'limit=ten'],
      ['limit', 'limit=1&limit=2'],
      ['limit', 'limit='],
      ['status', 'status=happy'],
      ['missing', 'missing=yes'],
      ['status', 'status=pending&status=removed'],
      ['platform', 'platform=tv'],
      ['q', `q=${'x'.repeat(255)}`],
      ['q', 'q=a%00b'],
      ['q', 'q=a&q=b'],
      ['order', 'order=email'],
      ['sort', 'sort=password'],
      ['sort', 'sort=email&sort=pbx'],
      ['sort', 'sort=constructor'],
      ['pbx', 'pbx='],
      ['pbx', `pbx=${'x'.repeat(257)}`],
      ['code', 'code=99'],
      ['code', 'code=700'],
      ['code', 'code=4o3'],
      ['cursor', 'cursor='],
      ['cursor', 'cursor=nonsense'],
      ['cursor', `cursor=${'A'.repeat(4001)}`],
      ['cursor', `cursor=${cursor('{}')}`],
      ['cursor', `cursor=${cursor(['x', 'user00@example.com', 'user00@example.com'])}`],
      ['cursor', `cursor=${cursor(['x', 'k', 5])}`],
      ['cursor', `cursor=${cursor(['x', 'k', 'a\u0000b'])}`],
      ['cursor', 'cursor=a&cursor=b'],
    ])('names %s of ?%s', async (field, query) => {
      const { status, body } = await users.get(`?${query}`);
      expect([status, body.code]).toEqual([400, 'invalid_request']);
      expect(body.errors.map((e: { field: string }) => e.field)).toContain(field);
    });

    it('refuses the cursor of another filter, and one with a NUL inside', async () => {
      const { nextCursor } = (await users.get('?limit=1')).body;
      expect((await users.get(`?limit=3&cursor=${nextCursor}`)).status).toBe(200);
      for (const filter of [
        'status=inactive',
        'platform=mobile',
        'q=user',
        'pbx=OSV',
        'code=403',
        'sort=pbx',
        'order=desc',
      ]) {
        const { status, body } = await users.get(`?${filter}&cursor=${nextCursor}`);
        expect([status, first(body.errors).field]).toEqual([400, 'cursor']);
      }
      const [list] = JSON.parse(Buffer.from(nextCursor, 'base64url').toString());
      const { status, body } = await users.get(`?cursor=${cursor([list, 'a', 'a\u0000'])}`);
      expect([status, first(body.errors).field]).toEqual([400, 'cursor']);
    });
  });
});
