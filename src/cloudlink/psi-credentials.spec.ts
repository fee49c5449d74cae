import { changedPsiUsersPath, distrustFiltered, readPsiItems } from './psi-credentials';

const MD5 = '939e7578ed9e3c518a452acee763bce9';
const SHA = '7987c64c30e25f1b74be53f966b49b90f2808aa92faf9a00262392d7b4794232';

const registrar = { role: 'sbc', host: '192.0.2.10', port: 5061, transport: 'tls' };
const sip = {
  userName: '+498970072001',
  authUserName: '2001',
  realm: 'mitel.test',
  credentials: [{ algorithm: 'MD5', ha1: MD5 }],
  registrars: [registrar],
};
const item = {
  userId: 'u1',
  email: 'Jürgen@example.com',
  displayName: 'Jürgen Groß',
  extension: '2001',
  status: 'ready',
  modifiedOn: '2026-11-23T10:00:00.000Z',
  sip,
};

const read = (...items: unknown[]): ReturnType<typeof readPsiItems> =>
  readPsiItems({ count: items.length, _embedded: { items } });

describe('readPsiItems', () => {
  it('reads a ready user', () => {
    const { users, problems } = read({
      ...item,
      sip: {
        ...sip,
        credentials: [
          { algorithm: 'SHA-256', ha1: SHA.toUpperCase() },
          { algorithm: 'MD5', ha1: MD5 },
          { algorithm: 'SHA-512-256', ha1: 'x' },
        ],
      },
    });
    expect(problems).toEqual([]);
    expect(users[0]?.credential).toEqual({
      userName: '+498970072001',
      authUserName: '2001',
      realm: 'mitel.test',
      ha1: [
        { algorithm: 'SHA-256', ha1: SHA },
        { algorithm: 'MD5', ha1: MD5 },
      ],
      targets: [{ role: 'sbc', host: '192.0.2.10', port: 5061, transport: 'tls' }],
    });
  });

  it('takes an absent _embedded for an empty page', () => {
    expect(readPsiItems({ count: 0, _links: { self: '/x' } })).toEqual({
      users: [],
      problems: [],
      itemCount: 0,
      oldestChange: undefined,
      undated: 0,
    });
  });

  it('ignores a credential of a user who is not ready', () => {
    expect(read({ ...item, status: 'pending' }).users[0]?.credential).toBeUndefined();
  });

  it.each([
    ['invalid_hash', 'sip.credentials[0].ha1', { credentials: [{ algorithm: 'MD5', ha1: MD5.slice(1) }] }],
    ['invalid_hash', 'sip.credentials[0].ha1', { credentials: [{ algorithm: 'SHA-256', ha1: MD5 }] }],
    ['missing_credential', 'sip.credentials', { credentials: [] }],
    ['invalid_realm', 'sip.realm', { realm: undefined }],
    ['missing_credential', 'sip.userName', { userName: 7 }],
    ['no_registrar', 'sip.registrars', { registrars: [] }],
    ['invalid_host', 'sip.registrars[1].host', { registrars: [registrar, { ...registrar, host: 'not a host' }] }],
    ['invalid_port', 'sip.registrars[0].port', { registrars: [{ ...registrar, port: 70000 }] }],
    ['unknown_registrar_role', 'sip.registrars[0].role', { registrars: [{ ...registrar, role: 'proxy' }] }],
    ['invalid_transport', 'sip.registrars[0].transport', { registrars: [{ ...registrar, transport: 'quic' }] }],
  ])('reports %s at %s and goes on with the next item', (code, field, change) => {
    const { users, problems, itemCount } = read({ ...item, sip: { ...sip, ...change } }, { ...item, userId: 'u2' });
    expect(problems).toMatchObject([{ code, field, userId: 'u1', email: 'Jürgen@example.com' }]);
    expect(JSON.stringify(problems)).not.toContain(MD5.slice(1));
    expect(users.map((u) => u.userId)).toEqual(['u2']);
    expect(itemCount).toBe(2);
  });

  it.each([
    [null],
    ['text'],
    [[]],
    [{}],
    [{ ...item, email: 'nobody' }],
    [{ ...item, email: 'a\u0000@b.c' }],
    [{ ...item, status: 'odd' }],
  ])('refuses the item %j without throwing', (bad) => {
    expect(read(bad)).toMatchObject({ users: [], problems: [{}], itemCount: 1 });
  });
});

describe('what a list says of when its users were changed', () => {
  const changed = (modifiedOn: unknown): unknown => ({ ...item, modifiedOn });

  it('is the oldest time, of broken items too', () => {
    const page = read(
      changed('2026-11-23T10:00:00.000Z'),
      { modifiedOn: '2026-11-23T10:30:00+01:00' },
      changed('2026-11-24T00:00:00Z'),
    );
    expect(page).toMatchObject({ itemCount: 3, undated: 0, oldestChange: new Date('2026-11-23T09:30:00.000Z') });
    expect(page.problems).toHaveLength(1);
  });

  it.each([undefined, null, '', 'yesterday', '2026-11-23', '2026-11-23T10:00:00', '2026-13-45T10:00:00Z', 1764000000])(
    'is nothing when it says %p',
    (value) => {
      expect(read(changed(value))).toMatchObject({ undated: 1, oldestChange: undefined });
    },
  );
});

describe('the filter for changed users', () => {
  const since = new Date('2026-11-23T10:00:00.000Z');
  const at = (time: string): Date => new Date(time);

  it('is written as Mitel’s developers write one', () => {
    const url = new URL(changedPsiUsersPath('a b', since), 'https://admin.example');
    expect(url.pathname).toBe('/2017-09-01/accounts/a%20b/psi/users');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      $top: '1000',
      $filter: "modifiedOn gt '2026-11-23T10:00:00.000Z'",
    });
  });

  it.each([
    ['nobody', { oldestChange: undefined, undated: 0 }, undefined],
    ['a later change', { oldestChange: at('2026-11-23T10:00:01Z'), undated: 0 }, undefined],
    ['a time that was rounded', { oldestChange: at('2026-11-23T09:59:30Z'), undated: 0 }, undefined],
    ['an older change', { oldestChange: at('2026-11-23T09:58:00Z'), undated: 0 }, 'ignored'],
    ['users without a time', { oldestChange: at('2026-11-23T10:00:01Z'), undated: 1 }, 'no_modified_on'],
  ])('answered with %s', (_, page, expected) => {
    expect(distrustFiltered(page, since)).toBe(expected);
  });
});
