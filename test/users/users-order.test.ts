import { SORT_ORDERS, USER_SORTS, type UserSort } from '../../src/users/user-order';
import { failed, registered, type AnswerBody, UsersApp } from './users-app';

/** Ties, empty keys, umlauts, capitals and times finer than a millisecond: what an order could stumble over. */
const NAMES = [
  'Zoe',
  'adler',
  'Ärger',
  'Anna',
  'ärger',
  '',
  'Bauer',
  'Öztürk',
  'ss',
  'ß',
  'O"Neil',
  'Anna',
  '(x)',
  '1',
];
const EXTENSIONS = ['2001', '999', null, '31000', '0', '2001', '007', 'x7'];
const SYSTEMS = [
  ['OSV', 'Munich'],
  ['OSV', 'Ähren'],
  ['MIVB', null],
  [null, null],
  ['OS4K', 'munich'],
];
const USERS = 30;

describe('the order of the list of users', () => {
  let users: UsersApp;
  let added = 0;

  const add = async (email: string, n: number): Promise<void> => {
    const pending = n % 5 === 0;
    await users.addUser({
      email,
      displayName: NAMES[n % NAMES.length] ?? '',
      credential: pending ? 'none' : 'ready',
      ...(EXTENSIONS[n % EXTENSIONS.length] == null ? {} : { extension: EXTENSIONS[n % EXTENSIONS.length] ?? '' }),
    });
    const [type, site] = SYSTEMS[n % SYSTEMS.length] ?? [];
    await users.database.query(
      `update integrated_users set pbx_type = $2, pbx_site = $3, synced_at = case when $4 % 3 = 0 then null else synced_at end,
         status_since = timestamptz '2026-11-23T10:00:00.000001Z' + ($4 % 7) * interval '1 microsecond'
       where email = $1`,
      [email, type, site, n],
    );
  };

  beforeAll(async () => {
    users = await UsersApp.start();
    // In no order of their own.
    for (let n = 0; n < USERS; n += 1) await add(`user${String((n * 17) % USERS).padStart(2, '0')}@example.com`, n);
    await users.report('user17@example.com', 'd', failed(403));
    await users.report('user04@example.com', 'd', registered(600));
  });
  afterAll(() => users.stop());

  const get = async (query: string): Promise<AnswerBody> => {
    const { status, body } = await users.get(`?${query}`);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body;
  };

  async function walk(query: string, limit: number, between: () => Promise<void>): Promise<string[]> {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: AnswerBody = await get(
        `${query}&limit=${limit}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      seen.push(...page.items.map((item) => item.email));
      cursor = page.nextCursor;
      if (cursor !== null) await between();
    } while (cursor !== null);
    return seen;
  }

  const all = USER_SORTS.flatMap((sort) => SORT_ORDERS.map((order) => [sort, order] as const));

  it.each(all)('gives each user exactly once by %s %s, whatever the size of a page', async (sort, order) => {
    const query = `sort=${sort}&order=${order}`;
    const whole = (await get(`${query}&limit=500`)).items.map((item) => item.email);
    expect(whole).toHaveLength(USERS);
    for (const limit of [1, 9]) expect(await walk(query, limit, async () => undefined)).toEqual(whole);
  });

  it.each(all)('gives each user exactly once by %s %s while others come and go', async (sort, order) => {
    const query = `sort=${sort}&order=${order}`;
    const whole = (await get(`${query}&limit=500`)).items.map((item) => item.email);
    const seen = await walk(query, 5, async () => {
      await add(`new${(added * 7919) % 1000}@example.com`, (added += 1));
      if (added % 2 === 0)
        await users.database.query(`delete from integrated_users where email = (
          select email from integrated_users where email like 'new%' order by random() limit 1)`);
    });
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((email) => !email.startsWith('new'))).toEqual(whole);
    await users.database.query(`delete from integrated_users where email like 'new%'`);
  });

  const column = async (sort: UserSort, of: (item: AnswerBody['items'][number]) => unknown, order = 'asc') => [
    ...new Set((await get(`sort=${sort}&order=${order}&limit=500`)).items.map(of)),
  ];

  it('orders names as people do, those without one last in both directions', async () => {
    const names = ['(x)', '1', 'adler', 'Anna', 'ärger', 'Ärger', 'Bauer', 'O"Neil', 'Öztürk', 'ss', 'ß', 'Zoe'];
    expect(await column('displayName', (item) => item.displayName)).toEqual([...names, '']);
    expect(await column('displayName', (item) => item.displayName, 'desc')).toEqual([...names.toReversed(), '']);
  });

  it('orders extensions as numbers', async () => {
    const ordered = ['0', '007', 'x7', '999', '2001', '31000'];
    expect(await column('extension', (item) => item.extension)).toEqual([...ordered, null]);
    expect(await column('extension', (item) => item.extension, 'desc')).toEqual([...ordered.toReversed(), null]);
  });

  it('orders PBX systems by type, then site', async () => {
    const systems = ['MIVB ', 'OS4K munich', 'OSV Ähren', 'OSV Munich'];
    const name = ({ pbx }: AnswerBody['items'][number]): string | null => pbx && `${pbx.type} ${pbx.site}`;
    expect(await column('pbx', name)).toEqual([...systems, null]);
    expect(await column('pbx', name, 'desc')).toEqual([...systems.toReversed(), null]);
  });

  it('orders statuses by what an admin has to look at first', async () => {
    const statuses = ['sip_error', 'pending', 'inactive', 'registered'];
    expect(await column('status', (item) => item.status)).toEqual(statuses);
    expect(await column('status', (item) => item.status, 'desc')).toEqual(statuses.toReversed());
    users.clock.advance(601);
    expect(await column('status', (item) => item.status)).toEqual(statuses.slice(0, 3));
  });

  it('orders times, whom no sync has written last, and equal ones by email in both directions', async () => {
    const at = (item: AnswerBody['items'][number]): string | null => item.syncedAt;
    const ascending = await column('syncedAt', at);
    expect(ascending.at(-1)).toBeNull();
    expect(ascending.slice(0, -1)).toEqual(ascending.slice(0, -1).toSorted());
    expect((await column('syncedAt', at, 'desc')).at(-1)).toBeNull();
    for (const order of SORT_ORDERS) {
      const { items } = await get(`sort=pbx&order=${order}&limit=500`);
      const mivb = items.filter((item) => item.pbx?.type === 'MIVB').map((item) => item.email);
      expect(mivb).toEqual(mivb.toSorted());
    }
  });

  it('takes bytes for letters where PostgreSQL has no Unicode order', async () => {
    const other = await UsersApp.start({}, users);
    await users.database.query(`alter collation "und-x-icu" rename to "und-away"`);
    try {
      const { items } = (await other.get('?sort=displayName&limit=500')).body;
      const names = [...new Set(items.map((item) => item.displayName))];
      expect(names.slice(-4)).toEqual(['Ärger', 'Öztürk', 'ß', 'ärger', ''].slice(-4));
    } finally {
      await users.database.query(`alter collation "und-away" rename to "und-x-icu"`);
      await other.stop();
    }
  });
});

describe('filters, counts and devices in the list of users', () => {
  let users: UsersApp;
  beforeAll(async () => {
    users = await UsersApp.start();
    for (const name of ['both', 'desktop', 'old', 'lapsed', 'silent', 'mobile'])
      await users.addUser({ email: `${name}@example.com`, extension: '7' });
    await users.database.query(
      `update integrated_users set pbx_type = 'OS4K', pbx_site = 'Bonn' where email ~ '^(both|old)'`,
    );
    await users.database.query(`update integrated_users set pbx_type = 'MIVB' where email ~ '^silent'`);
    await users.database.query(
      `update sip_credentials set user_name = '+492284711' where user_id = (select user_id from integrated_users where email = 'silent@example.com')`,
    );
    // Who has two failures shows the newer one.
    await users.report('both@example.com', 'm', failed(408, 'client', 'mobile'));
    await users.report('both@example.com', 'd', failed(403));
    await users.report('desktop@example.com', 'd', failed(408, 'client'));
    // The newer device of the platform is registered: the failure of the old one is no status.
    await users.report('old@example.com', 'd1', failed(403));
    await users.report('old@example.com', 'd2', registered(3000));
    await users.report('lapsed@example.com', 'd', registered(60));
    await users.report('mobile@example.com', 'm', registered(3000, 'mobile'));
    users.clock.advance(61);
  });
  afterAll(() => users.stop());

  const list = async (query: string): Promise<string[]> =>
    (await users.get(query)).body.items.map((item) => item.email.split('@')[0] ?? '');

  it.each([
    ['?code=403', ['both']],
    ['?code=408', ['desktop']],
    ['?code=503', []],
    ['?code=403&status=registered', []],
    ['?pbx=OS4K', ['both', 'old']],
    ['?pbx=Bonn', ['both', 'old']],
    ['?pbx=bonn', []],
    ['?pbx=Munich', ['desktop', 'lapsed', 'mobile', 'silent']],
    ['?pbx=Munich&platform=mobile', ['mobile']],
    ['?pbx=%25', []],
    [`?q=${encodeURIComponent('+49228')}`, ['silent']],
    ['?q=2284711&pbx=MIVB', ['silent']],
    ['?q=2284711&pbx=OSV', []],
  ])('lists and counts %s', async (query, expected) => {
    expect(await list(query)).toEqual(expected);
    const { status, body } = await users.get(`/count${query}`);
    expect([status, body]).toEqual([200, { count: expected.length }]);
  });

  it('counts all but the removed, of this connector only', async () => {
    expect((await users.get('/count')).body).toEqual({ count: 6 });
    const other = '8a1f4a9e-0f5e-4f4e-8a51-1c5c7f1f2b33';
    await users.addConnector(other);
    const answer = await users.get('/count', { connectorId: other, token: await users.token(undefined, other) });
    expect(answer.body).toEqual({ count: 0 });
    expect((await users.get('/count?limit=1')).body.errors).toMatchObject([{ field: 'limit' }]);
  });

  it('counts a status that time has changed', async () => {
    expect((await users.get('/count?status=registered')).body.count).toBe(2);
    expect((await users.get('/count?status=inactive')).body.count).toBe(2);
  });

  it('says what may be chosen from', async () => {
    expect((await users.get('/choices')).body).toEqual({
      pbx: [
        { type: 'MIVB', site: 'Munich', users: 1 },
        { type: 'OS4K', site: 'Bonn', users: 2 },
        { type: 'OSV', site: 'Munich', users: 3 },
      ],
      codes: [
        { code: 403, users: 1 },
        { code: 408, users: 1 },
      ],
    });
  });

  it('shows the newest device of each platform', async () => {
    const { items } = (await users.get('')).body;
    const at = expect.any(String);
    expect(Object.fromEntries(items.map((item) => [item.email.split('@')[0], item.devices]))).toEqual({
      both: { desktop: { state: 'failed', code: 403, at }, mobile: { state: 'failed', code: 408, at } },
      desktop: { desktop: { state: 'failed', code: 408, at }, mobile: null },
      old: { desktop: { state: 'registered', code: null, at }, mobile: null },
      lapsed: { desktop: { state: 'expired', code: null, at }, mobile: null },
      mobile: { desktop: null, mobile: { state: 'registered', code: null, at } },
      silent: { desktop: null, mobile: null },
    });
    expect((await users.get('/old@example.com')).body).toMatchObject({
      devices: { mobile: null },
      callerId: '+498970074711',
    });
  });
});
