import { createHash } from 'node:crypto';
import type { PsiProblem, PsiUser } from '../cloudlink/cloudlink-types';
import { describeUser } from './describe-user';
import { planChanges } from './plan-changes';
import type { ListedZoomUser, PageFacts, Plan, PlannedUser, LockedUser } from './plan-types';

const NOW = new Date('2026-11-23T10:00:00Z');
const EARLIER = new Date('2026-11-22T10:00:00Z');

const psi = (id: string, email: string, changes: Partial<PsiUser> = {}): PsiUser => ({
  userId: id,
  email,
  displayName: 'Erika',
  extension: '2001',
  status: 'ready',
  modifiedOn: '',
  licences: { zoomPsi: true, teleworker: 0 },
  pbx: undefined,
  credential: {
    userName: '2001',
    authUserName: '2001',
    realm: 'r',
    ha1: [{ algorithm: 'MD5', ha1: 'a'.repeat(32) }],
    targets: [{ role: 'sbc', host: 'h', port: 5061, transport: 'tls' }],
  },
  ...changes,
});

const zoom = (id: string | null, changes: Partial<ListedZoomUser> = {}): ListedZoomUser => ({
  id,
  status: 'active',
  displayName: 'Zoom',
  ...changes,
});

interface Case {
  users?: PsiUser[];
  problems?: PsiProblem[];
  membership?: 'automatic' | 'chosen';
  zoomUsers?: Record<string, ListedZoomUser>;
  stored?: LockedUser[];
  seen?: Record<string, string>;
}

function plan(facts: Case): Plan {
  let id = 0;
  const stored = facts.stored ?? [];
  const listed = Object.entries(facts.zoomUsers ?? {});
  const page: PageFacts = {
    users: facts.users ?? [],
    problems: facts.problems ?? [],
    membership: facts.membership ?? 'automatic',
    zoomUsers: new Map(listed),
    zoomEmails: new Map(listed.map(([email, user]) => [user.id ?? '', email])),
    stored: {
      byEmail: new Map(stored.map((user) => [user.email, user])),
      byZoomId: new Map(stored.map((user) => [user.zoomUserId ?? '', user])),
      byCloudLinkId: new Map(stored.map((user) => [user.cloudlinkUserId ?? '', user])),
    },
    seen: new Map(Object.entries(facts.seen ?? {})),
    now: NOW,
    fingerprintOf: (user, zoom, email) =>
      createHash('sha256')
        .update(describeUser(user, zoom, email))
        .digest('hex'),
    newUserId: () => `new-${(id += 1)}`,
  };
  return planChanges(page);
}

/** The row as it is after `planned` was stored. */
const stored = (planned: PlannedUser | undefined, changes: Partial<LockedUser> = {}): LockedUser => {
  if (planned === undefined) throw new Error('nothing was planned');
  return { ...planned, membership: 'automatic', registrations: [], statusSince: EARLIER, ...changes };
};

const first = (facts: Case): PlannedUser | undefined => plan(facts).insert[0];
const ERIKA = { users: [psi('c1', 'Erika@Example.com ')], zoomUsers: { 'erika@example.com': zoom('z1') } };

describe('planChanges', () => {
  it('creates a matched user', () => {
    const { insert, ...rest } = plan(ERIKA);
    expect(insert).toMatchObject([
      {
        userId: 'new-1',
        email: 'erika@example.com',
        displayName: 'Erika',
        zoomUserId: 'z1',
        cloudlinkUserId: 'c1',
        status: 'inactive',
        statusSince: NOW,
        credentialState: 'ready',
      },
    ]);
    expect(rest).toEqual({
      update: [],
      returned: 0,
      unchanged: 0,
      movedZoomIds: [],
      problems: [],
      seen: new Map([['erika@example.com', 'c1']]),
      claims: new Map(),
      unattributed: 0,
    });
  });

  it.each([
    ['ready', 'active', 'ready', 'inactive', true],
    ['ready', 'inactive', 'ready', 'inactive', true],
    ['ready', 'pending', 'ready', 'inactive', true],
    ['pending', 'active', 'none', 'pending', false],
    ['revoked', 'active', 'revoked', 'pending', false],
  ] as const)(
    'CloudLink %s, Zoom %s → credential %s, status %s',
    (status, zoomStatus, credentialState, userStatus, has) => {
      const planned = first({
        users: [psi('c1', 'e@x.de', { status })],
        zoomUsers: { 'e@x.de': zoom('z1', { status: zoomStatus }) },
      });
      expect(planned).toMatchObject({ credentialState, status: userStatus, zoomStatus });
      expect(planned?.credential !== undefined).toBe(has);
    },
  );

  it('leaves an unchanged user alone, in whatever order the hashes come', () => {
    const hashes = [
      { algorithm: 'MD5' as const, ha1: 'a'.repeat(32) },
      { algorithm: 'SHA-256' as const, ha1: 'b'.repeat(64) },
    ];
    const withHashes = (ha1: typeof hashes): PsiUser => {
      const user = psi('c1', 'e@x.de');
      return { ...user, credential: user.credential && { ...user.credential, ha1 } };
    };
    const zoomUsers = { 'e@x.de': zoom('z1') };
    const row = stored(first({ users: [withHashes(hashes)], zoomUsers }));
    const again = plan({ users: [withHashes([...hashes].reverse())], zoomUsers, stored: [row] });
    expect(again).toMatchObject({ unchanged: 1, insert: [], update: [], problems: [] });
  });

  it.each<[string, Partial<PsiUser>, Partial<ListedZoomUser>]>([
    ['display name', { displayName: 'E.' }, {}],
    ['extension', { extension: '9' }, {}],
    ['licence', { licences: { zoomPsi: false, teleworker: 0 } }, {}],
    ['PBX', { pbx: { type: 'OSV', site: 'Munich' } }, {}],
    ['CloudLink id', { userId: 'c9' }, {}],
    ['status', { status: 'revoked', credential: undefined }, {}],
    ['Zoom id', {}, { id: 'z9' }],
    ['Zoom status', {}, { status: 'inactive' }],
  ])('updates in place when the %s changes', (_, psiChange, zoomChange) => {
    const row = stored(first(ERIKA));
    const changed = plan({
      users: [psi('c1', 'erika@example.com', psiChange)],
      zoomUsers: { 'erika@example.com': zoom('z1', zoomChange) },
      stored: [row],
    });
    expect(changed).toMatchObject({ insert: [], update: [{ userId: row.userId }], unchanged: 0, returned: 0 });
  });

  it.each(['user name', 'realm', 'HA1', 'target host', 'target order'])(
    'updates when the %s of the credential changes',
    (what) => {
      const base = psi('c1', 'erika@example.com').credential;
      if (base === undefined) throw new Error('no credential');
      const two = [...base.targets, { role: 'pbx' as const, host: 'p', port: 5060, transport: 'udp' as const }];
      const from = { ...base, targets: two };
      const to = {
        'user name': { ...from, userName: '9' },
        realm: { ...from, realm: 'other' },
        HA1: { ...from, ha1: [{ algorithm: 'MD5' as const, ha1: 'c'.repeat(32) }] },
        'target host': { ...from, targets: two.map((target) => ({ ...target, host: 'q' })) },
        'target order': { ...from, targets: [...two].reverse() },
      }[what];
      const row = stored(first({ ...ERIKA, users: [psi('c1', 'erika@example.com', { credential: from })] }));
      expect(
        plan({ ...ERIKA, users: [psi('c1', 'erika@example.com', { credential: to })], stored: [row] }).update,
      ).toHaveLength(1);
    },
  );

  it('ignores Zoom’s display name where CloudLink has one', () => {
    const row = stored(first(ERIKA));
    const zoomUsers = { 'erika@example.com': zoom('z1', { displayName: 'Other' }) };
    expect(plan({ ...ERIKA, zoomUsers, stored: [row] }).unchanged).toBe(1);
    expect(
      first({ users: [psi('c1', 'e@x.de', { displayName: '' })], zoomUsers: { 'e@x.de': zoom('z1') } })?.displayName,
    ).toBe('Zoom');
  });

  it('brings a removed user back in the same row', () => {
    const row = stored(first(ERIKA), { status: 'removed' });
    expect(plan({ ...ERIKA, stored: [row] })).toMatchObject({
      insert: [],
      update: [{ userId: row.userId, status: 'inactive', statusSince: NOW }],
      returned: 1,
      unchanged: 0,
    });
  });

  it('keeps a registered user registered when only the name changes', () => {
    const report = {
      deviceId: 'd',
      platform: 'desktop' as const,
      outcome: 'registered' as const,
      sip: null,
      since: EARLIER,
      reportedAt: EARLIER,
      expiresAt: new Date('2026-11-23T11:00:00Z'),
    };
    const row = stored(first(ERIKA), {
      status: 'registered',
      statusExpiresAt: report.expiresAt,
      registrations: [report],
    });
    const changed = plan({ ...ERIKA, users: [psi('c1', 'erika@example.com', { displayName: 'E.' })], stored: [row] });
    expect(changed.update).toMatchObject([
      { status: 'registered', statusSince: EARLIER, statusExpiresAt: report.expiresAt },
    ]);
  });

  it('reports a CloudLink user without a Zoom user', () => {
    const { insert, problems, seen } = plan({ users: [psi('c1', 'e@x.de')] });
    expect({ insert, seen }).toEqual({ insert: [], seen: new Map([['e@x.de', 'c1']]) });
    expect(problems).toMatchObject([{ code: 'no_zoom_user', email: 'e@x.de', cloudlinkUserId: 'c1' }]);
  });

  describe('one email, several CloudLink users', () => {
    const zoomUsers = { 'e@x.de': zoom('z1') };
    const row = stored(first({ users: [psi('c1', 'e@x.de')], zoomUsers }));

    it.each<[string, Case, string | undefined, string[]]>([
      ['two on a page, nobody had it', { users: [psi('c1', 'e@x.de'), psi('c2', 'E@X.de')] }, undefined, ['c1', 'c2']],
      [
        'two on a page, one is linked',
        { users: [psi('c2', 'e@x.de'), psi('c1', 'e@x.de')], stored: [row] },
        'unchanged',
        ['c2'],
      ],
      [
        'the other was on an earlier page',
        { users: [psi('c2', 'e@x.de')], seen: { 'e@x.de': 'c1' } },
        undefined,
        ['c2'],
      ],
      [
        'the earlier page won over the linked one',
        { users: [psi('c1', 'e@x.de')], seen: { 'e@x.de': 'c2' }, stored: [row] },
        undefined,
        ['c1'],
      ],
      ['an earlier page refused all', { users: [psi('c1', 'e@x.de')], seen: { 'e@x.de': '' } }, undefined, ['c1']],
      ['the same user twice on a page', { users: [psi('c1', 'e@x.de'), psi('c1', 'e@x.de')] }, 'insert', []],
      [
        'the same user on an earlier page',
        { users: [psi('c1', 'e@x.de')], seen: { 'e@x.de': 'c1' }, stored: [row] },
        undefined,
        [],
      ],
    ])('%s', (_, facts, outcome, refused) => {
      const result = plan({ zoomUsers, ...facts });
      expect(result.problems.map((problem) => [problem.code, problem.cloudlinkUserId])).toEqual(
        refused.map((id) => ['duplicate_email', id]),
      );
      expect(result.insert).toHaveLength(outcome === 'insert' ? 1 : 0);
      expect(result.unchanged).toBe(outcome === 'unchanged' ? 1 : 0);
      expect(result.update).toEqual([]);
      expect(result.seen.has('e@x.de')).toBe(true);
    });
  });

  it('gives one Zoom user to one CloudLink user only', () => {
    const zoomUsers = { 'a@x.de': zoom('z1'), 'b@x.de': zoom('z1') };
    const { insert, problems } = plan({ users: [psi('c1', 'a@x.de'), psi('c2', 'b@x.de')], zoomUsers });
    expect(insert).toMatchObject([{ cloudlinkUserId: 'c1' }]);
    expect(problems).toMatchObject([{ code: 'duplicate_zoom_user', cloudlinkUserId: 'c2' }]);
  });

  describe('one Zoom user under two emails', () => {
    const holder = stored(first({ users: [psi('c1', 'a@x.de')], zoomUsers: { 'a@x.de': zoom('z1') } }));
    const listed = { 'a@x.de': zoom('z1'), 'b@x.de': zoom('z1') };
    const other = stored(first({ users: [psi('c2', 'b@x.de')], zoomUsers: { 'b@x.de': zoom('z2') } }), {
      userId: 'u2',
    });

    it.each([
      ['stays with who is stored', [holder]],
      ['stays with who is stored, where the other one is stored, too', [holder, other]],
    ])('%s', (_, rows) => {
      const { insert, update, movedZoomIds, problems } = plan({
        users: [psi('c2', 'b@x.de')],
        zoomUsers: listed,
        stored: rows,
      });
      expect({ insert, update, movedZoomIds }).toEqual({ insert: [], update: [], movedZoomIds: [] });
      expect(problems).toMatchObject([{ code: 'duplicate_zoom_user', cloudlinkUserId: 'c2' }]);
    });

    it.each([
      ['who was removed', { status: 'removed' as const }, listed, 'automatic' as const],
      ['whom Zoom does not list by that email any more', {}, { 'b@x.de': zoom('z1') }, 'automatic' as const],
      ['who is somebody else at Zoom by now', {}, { ...listed, 'a@x.de': zoom('z3') }, 'automatic' as const],
      ['whom nobody has chosen', {}, listed, 'chosen' as const],
    ])('goes from one %s', (_, changes, zoomUsers, membership) => {
      const rows = [
        { ...holder, ...changes },
        { ...other, membership: 'chosen' as const },
      ];
      const { update, problems } = plan({ users: [psi('c2', 'b@x.de')], zoomUsers, stored: rows, membership });
      expect(update).toMatchObject([{ userId: 'u2', zoomUserId: 'z1' }]);
      expect(problems).toEqual([]);
    });
  });

  describe('a Zoom user with a new email', () => {
    const row = stored(first({ users: [psi('c1', 'old@x.de')], zoomUsers: { 'old@x.de': zoom('z1') } }));

    it('keeps the row', () => {
      const { insert, update } = plan({
        users: [psi('c1', 'new@x.de')],
        zoomUsers: { 'new@x.de': zoom('z1') },
        stored: [row],
      });
      expect({ insert, update }).toMatchObject({ insert: [], update: [{ userId: row.userId, email: 'new@x.de' }] });
    });

    it('gets a new one while the old email still belongs to somebody', () => {
      const zoomUsers = { 'new@x.de': zoom('z1'), 'old@x.de': zoom('z2') };
      const { insert, update, movedZoomIds } = plan({ users: [psi('c1', 'new@x.de')], zoomUsers, stored: [row] });
      expect({ insert, update }).toMatchObject({ insert: [{ email: 'new@x.de' }], update: [] });
      expect(movedZoomIds).toEqual([{ userId: 'new-1', zoomUserId: 'z1' }]);
    });
  });

  describe('an email that one side has changed before the other', () => {
    const row = stored(first({ users: [psi('c1', 'old@x.de')], zoomUsers: { 'old@x.de': zoom('z1') } }));
    const atNew = { 'new@x.de': zoom('z1') };
    const other = stored(first({ users: [psi('c2', 'new@x.de')], zoomUsers: { 'new@x.de': zoom('z2') } }), {
      userId: 'other',
    });
    type Outcome = ['unchanged'] | ['update' | 'problem', string];

    it.each<[string, Case, Outcome]>([
      ['Zoom first', { users: [psi('c1', 'old@x.de')], zoomUsers: atNew, stored: [row] }, ['update', 'new@x.de']],
      [
        'CloudLink first',
        { users: [psi('c1', 'new@x.de')], zoomUsers: { 'old@x.de': zoom('z1') }, stored: [row] },
        ['unchanged'],
      ],
      [
        'both, to different ones',
        { users: [psi('c1', 'third@x.de')], zoomUsers: atNew, stored: [row] },
        ['update', 'new@x.de'],
      ],
      [
        'Zoom first, and its webhook has renamed the user already',
        {
          users: [psi('c1', 'old@x.de')],
          zoomUsers: atNew,
          stored: [{ ...row, email: 'new@x.de', fingerprint: null }],
        },
        ['update', 'new@x.de'],
      ],
      [
        'the new email is another row’s, who was removed',
        {
          users: [psi('c1', 'old@x.de')],
          zoomUsers: atNew,
          stored: [row, { ...other, zoomUserId: null, status: 'removed' }],
        },
        ['update', 'new@x.de'],
      ],
      [
        'somebody else at CloudLink has the new email',
        { users: [psi('c1', 'old@x.de'), psi('c2', 'New@x.de')], zoomUsers: atNew, stored: [row] },
        ['problem', 'c1'],
      ],
      [
        'somebody else had it on an earlier page',
        { users: [psi('c1', 'old@x.de')], zoomUsers: atNew, stored: [row], seen: { 'new@x.de': 'c2' } },
        ['problem', 'c1'],
      ],
      [
        'somebody else is stored with it',
        { users: [psi('c1', 'old@x.de')], zoomUsers: atNew, stored: [row, { ...other, zoomUserId: null }] },
        ['problem', 'c1'],
      ],
      [
        'a broken item has it',
        {
          users: [psi('c1', 'old@x.de')],
          problems: [{ code: 'invalid_hash', userId: 'c2', email: 'new@x.de', field: 'f', detail: 'd' }],
          zoomUsers: atNew,
          stored: [row],
        },
        ['problem', 'c1'],
      ],
      ['Zoom lists the user no more', { users: [psi('c1', 'old@x.de')], stored: [row] }, ['problem', 'c1']],
      [
        'the user was removed',
        { users: [psi('c1', 'old@x.de')], zoomUsers: atNew, stored: [{ ...row, status: 'removed' }] },
        ['problem', 'c1'],
      ],
      [
        'Zoom had no id for the user',
        {
          users: [psi('c1', 'old@x.de')],
          zoomUsers: { 'new@x.de': zoom(null) },
          stored: [{ ...row, zoomUserId: null }],
        },
        ['problem', 'c1'],
      ],
      ['the pair was never stored', { users: [psi('c1', 'old@x.de')], zoomUsers: atNew }, ['problem', 'c1']],
      [
        'the old email has got another Zoom user: it counts, as ever',
        { users: [psi('c1', 'old@x.de')], zoomUsers: { ...atNew, 'old@x.de': zoom('z9') }, stored: [row] },
        ['update', 'old@x.de'],
      ],
    ])('%s', (_, facts, [kind, what]) => {
      const result = plan(facts);
      const updated = result.update.filter((user) => user.cloudlinkUserId === 'c1');
      expect(updated.map((user) => user.email)).toEqual(kind === 'update' ? [what] : []);
      expect(result.unchanged).toBe(kind === 'unchanged' ? 1 : 0);
      const lost = result.problems.filter(({ code }) => code === 'no_zoom_user');
      expect(lost.map((problem) => problem.cloudlinkUserId)).toEqual(kind === 'problem' ? [what] : []);
    });

    it('keeps the row, and counts the user as seen under Zoom’s email', () => {
      const { update, insert, seen } = plan({ users: [psi('c1', 'old@x.de')], zoomUsers: atNew, stored: [row] });
      expect(update).toMatchObject([{ userId: row.userId, zoomUserId: 'z1' }]);
      expect(insert).toEqual([]);
      expect(seen).toEqual(new Map([['new@x.de', 'c1']]));
    });

    it('writes nothing any more when it stays so', () => {
      const facts = { users: [psi('c1', 'old@x.de')], zoomUsers: atNew };
      const [renamed] = plan({ ...facts, stored: [row] }).update;
      expect(plan({ ...facts, stored: [stored(renamed)] })).toMatchObject({ unchanged: 1, update: [], problems: [] });
    });

    it('is the same user when a shifting list shows them on two pages', () => {
      const facts = { users: [psi('c1', 'old@x.de')], zoomUsers: atNew, seen: { 'new@x.de': 'c1' } };
      const [renamed] = plan({ ...facts, stored: [row] }).update;
      expect(plan({ ...facts, stored: [stored(renamed)] })).toMatchObject({ unchanged: 0, update: [], problems: [] });
    });

    it('lets a user who was chosen by hand keep their telephone', () => {
      const chosen: LockedUser = { ...row, membership: 'chosen' };
      const facts: Case = { membership: 'chosen', users: [psi('c1', 'old@x.de')], zoomUsers: atNew };
      expect(plan({ ...facts, stored: [chosen] }).update).toMatchObject([{ userId: row.userId, email: 'new@x.de' }]);
      expect(plan({ ...facts, stored: [row] }).update).toEqual([]);
    });
  });

  describe('membership chosen', () => {
    const zoomUsers = { 'e@x.de': zoom('z1') };
    const users = [psi('c1', 'e@x.de')];
    const row = stored(first({ users, zoomUsers }), { fingerprint: null });

    it.each<[string, LockedUser[], number]>([
      ['creates nobody', [], 0],
      ['updates the chosen', [{ ...row, membership: 'chosen' }], 1],
      ['leaves the automatic ones', [row], 0],
    ])('%s', (_, storedUsers, updates) => {
      const result = plan({ membership: 'chosen', users, zoomUsers, stored: storedUsers });
      expect(result.insert).toEqual([]);
      expect(result.update).toHaveLength(updates);
      expect(result.problems).toEqual([]);
      expect(result.seen.get('e@x.de')).toBe('c1');
    });

    it('does not report what concerns nobody who is chosen', () => {
      const facts: Case = {
        membership: 'chosen',
        users: [psi('c1', 'e@x.de'), psi('c2', 'e@x.de'), psi('c3', 'n@x.de')],
      };
      expect(plan(facts).problems).toEqual([]);
    });
  });

  describe('broken items', () => {
    const broken = (changes: Partial<PsiProblem>): PsiProblem => ({
      code: 'invalid_hash',
      userId: 'c1',
      email: 'Old@x.de',
      field: 'sip.credentials[0].ha1',
      detail: 'the MD5 hash must have 32 hexadecimal digits',
      ...changes,
    });
    const row = stored(first({ users: [psi('c1', 'old@x.de')], zoomUsers: { 'old@x.de': zoom('z1') } }));

    it.each<[string, PsiProblem, string[], number]>([
      ['with its email', broken({}), ['old@x.de'], 0],
      ['with its id alone', broken({ email: undefined }), ['old@x.de'], 0],
      ['with another email', broken({ email: 'new@x.de' }), ['new@x.de', 'old@x.de'], 0],
      ['that names nobody', broken({ email: undefined, userId: undefined }), [], 1],
      ['of an unknown id', broken({ email: undefined, userId: 'c9' }), [], 0],
    ])('%s count as seen and change nothing', (_, problem, seen, unattributed) => {
      const result = plan({ problems: [problem], stored: [row] });
      expect([...result.seen.keys()].sort()).toEqual(seen);
      expect(result).toMatchObject({ insert: [], update: [], unchanged: 0, unattributed });
      expect(result.problems).toMatchObject([{ code: 'invalid_hash', field: 'sip.credentials[0].ha1' }]);
    });
  });
});
