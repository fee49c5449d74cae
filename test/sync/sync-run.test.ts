import { AppError } from '../../src/platform/errors/app-error';
import { PagePreparer } from '../../src/sync/page-preparer';
import { ZoomPageTokenExpired } from '../../src/zoom/zoom-api';
import { credential, emailOf, ha1Of, numbers, psiUser, zoomUser } from './fake-remotes';
import { SyncHarness } from './sync-harness';

describe('a sync run', () => {
  let sync: SyncHarness;
  beforeEach(async () => {
    sync = await SyncHarness.open();
  });
  afterEach(() => sync.close());

  const counts = (changes: object): object => ({
    read: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    removed: 0,
    problems: 0,
    missing: 0,
    ...changes,
  });

  it('leaves every matched user with a sealed credential and the right status', async () => {
    const connectorId = await sync.connector();
    sync.fill(25);
    sync.cloudlink.pageSize = 7;
    sync.zoom.pageSize = 10;
    sync.zoom.users[0] = zoomUser(1, { email: ' USER1@Example.com', status: 'inactive' });
    sync.zoom.users[1] = zoomUser(2, { id: undefined, status: 'pending' });
    sync.cloudlink.users[2] = psiUser(3, { status: 'pending', credential: undefined });
    sync.cloudlink.users[3] = psiUser(4, { status: 'revoked', credential: undefined });
    sync.cloudlink.users.push(psiUser(99));
    const run = await sync.sync(connectorId);
    expect(run).toMatchObject({
      state: 'succeeded',
      phase: 'done',
      error: null,
      counts: counts({ read: 26, created: 25, problems: 1 }),
    });
    expect(await sync.problemsOf(run)).toEqual(['no_zoom_user cl-99']);
    expect(await sync.userOf(connectorId, emailOf(1))).toMatchObject({
      status: 'inactive',
      zoom_status: 'inactive',
      zoom_user_id: 'zoom-1',
    });
    expect(await sync.userOf(connectorId, emailOf(2))).toMatchObject({
      status: 'inactive',
      zoom_status: 'pending',
      zoom_user_id: null,
    });
    expect(await sync.userOf(connectorId, emailOf(3))).toMatchObject({
      status: 'pending',
      credential_state: 'none',
      md5_ha1: null,
    });
    expect(await sync.userOf(connectorId, emailOf(4))).toMatchObject({
      status: 'pending',
      credential_state: 'revoked',
      md5_ha1: null,
    });
    const user = await sync.userOf(connectorId, emailOf(5));
    const cipher = await sync.ciphers.for(connectorId);
    expect(
      cipher.open(user?.['md5_ha1'] as Buffer, { column: 'sip_credentials.md5_ha1', row: user?.['user_id'] as string }),
    ).toBe(ha1Of(5));
    const { rows } = await sync.database.query(
      'select (select count(*)::int from sync_run_seen) as seen, (select count(*)::int from sync_run_zoom_news) + (select count(*)::int from sync_run_zoom_pages) as zoom',
    );
    expect(rows).toEqual([{ seen: 0, zoom: 0 }]);
  });

  it('writes nothing when nothing has changed', async () => {
    const connectorId = await sync.connector();
    sync.fill(30);
    await sync.sync(connectorId);
    const versions = (): Promise<unknown[]> =>
      sync.database
        .query(
          `select u.xmin::text, u.xmax::text, u.ctid::text, c.xmin::text as c_xmin, c.ctid::text as c_ctid from integrated_users u join sip_credentials c using (connector_id, user_id) order by u.email`,
        )
        .then((result) => result.rows);
    const before = await versions();
    const run = await sync.sync(connectorId);
    expect(run.counts).toEqual(counts({ read: 30, unchanged: 30 }));
    expect(await versions()).toEqual(before);
  });

  it('updates what has changed, destroys a revoked credential and keeps a live registration', async () => {
    const connectorId = await sync.connector();
    sync.fill(10);
    await sync.sync(connectorId);
    const { rows } = await sync.database.query<{ user_id: string }>(
      'select user_id from integrated_users where email = any($1) order by email',
      [[emailOf(1), emailOf(2)]],
    );
    for (const row of rows) {
      await sync.database.query(
        `insert into registrations (connector_id, user_id, device_id, platform, outcome, since, reported_at, expires_at)
         values ($1, $2, 'd', 'desktop', 'registered', now(), now(), now() + interval '1 hour')`,
        [connectorId, row.user_id],
      );
    }
    await sync.database.query(
      `update integrated_users set status = 'registered', status_expires_at = now() + interval '1 hour' where email = any($1)`,
      [[emailOf(1), emailOf(2)]],
    );
    sync.cloudlink.users[0] = psiUser(1, { displayName: 'Renamed' });
    sync.cloudlink.users[1] = psiUser(2, { status: 'revoked', credential: undefined });
    sync.cloudlink.users[2] = psiUser(3, {
      credential: { ...credential(3), ha1: [{ algorithm: 'SHA-256', ha1: 'a'.repeat(64) }] },
    });
    const run = await sync.sync(connectorId);
    expect(run.counts).toEqual(counts({ read: 10, updated: 3, unchanged: 7 }));
    expect(await sync.userOf(connectorId, emailOf(1))).toMatchObject({ display_name: 'Renamed', status: 'registered' });
    expect(await sync.userOf(connectorId, emailOf(2))).toMatchObject({
      status: 'pending',
      credential_state: 'revoked',
      md5_ha1: null,
    });
    expect(await sync.userOf(connectorId, emailOf(3))).toMatchObject({ md5_ha1: null, sha256_ha1: expect.any(Buffer) });
  });

  it('keeps the last good credential of a broken item and reports it', async () => {
    const connectorId = await sync.connector();
    sync.fill(10);
    await sync.sync(connectorId);
    const good = await sync.userOf(connectorId, emailOf(4));
    sync.cloudlink.users = sync.cloudlink.users.filter((user) => user.userId !== 'cl-4' && user.userId !== 'cl-5');
    sync.cloudlink.problems = [
      {
        code: 'invalid_hash',
        userId: 'cl-4',
        email: 'User4@example.com',
        field: 'sip.credentials[0].ha1',
        detail: 'must have 32 digits',
      },
      { code: 'invalid_email', userId: 'cl-5', email: undefined, field: 'email', detail: 'no email' },
    ];
    const run = await sync.sync(connectorId);
    expect(run).toMatchObject({ state: 'succeeded', counts: counts({ read: 10, unchanged: 8, problems: 2 }) });
    expect(await sync.problemsOf(run)).toEqual(['invalid_email cl-5', 'invalid_hash cl-4']);
    expect(await sync.userOf(connectorId, emailOf(4))).toEqual(good);
    expect(await sync.userOf(connectorId, emailOf(5))).toMatchObject({ status: 'inactive', credential_state: 'ready' });
  });

  it('refuses two CloudLink users with one email, within a page and across pages', async () => {
    const connectorId = await sync.connector();
    sync.zoom.users = numbers(4).map((n) => zoomUser(n));
    sync.cloudlink.pageSize = 2;
    sync.cloudlink.users = [
      psiUser(1),
      psiUser(91, { email: 'USER1@example.com' }),
      psiUser(2),
      psiUser(3),
      psiUser(92, { email: emailOf(2) }),
      psiUser(4),
    ];
    const run = await sync.sync(connectorId);
    expect(run.counts).toEqual(counts({ read: 6, created: 3, problems: 3 }));
    expect(await sync.problemsOf(run)).toEqual([
      'duplicate_email cl-1',
      'duplicate_email cl-91',
      'duplicate_email cl-92',
    ]);
    expect(await sync.userOf(connectorId, emailOf(1))).toBeUndefined();
    expect(await sync.userOf(connectorId, emailOf(2))).toMatchObject({ cloudlink_user_id: 'cl-2' });
    // The same again: the one who has it keeps it, nobody is removed.
    const again = await sync.sync(connectorId);
    expect(again.counts).toEqual(counts({ read: 6, unchanged: 3, problems: 3 }));
  });

  it('keeps to chosen users where an admin chooses, and fills in what it learns of them', async () => {
    const connectorId = await sync.connector({ membership: 'chosen' });
    sync.fill(10);
    sync.cloudlink.users = sync.cloudlink.users.filter((user) => user.userId !== 'cl-2');
    for (const email of [emailOf(1), emailOf(2), 'nobody@example.com']) {
      await sync.database.query(
        `insert into integrated_users (connector_id, user_id, email, membership) values ($1, gen_random_uuid(), $2, 'chosen')`,
        [connectorId, email],
      );
    }
    const before = await sync.userOf(connectorId, emailOf(1));
    const run = await sync.sync(connectorId);
    expect(run.state).toBe('succeeded');
    expect(await sync.endState(connectorId)).toHaveLength(3);
    const first = await sync.userOf(connectorId, emailOf(1));
    expect(first).toMatchObject({
      user_id: before?.['user_id'],
      status: 'inactive',
      zoom_user_id: 'zoom-1',
      membership: 'chosen',
    });
    const cipher = await sync.ciphers.for(connectorId);
    expect(
      cipher.open(first?.['md5_ha1'] as Buffer, {
        column: 'sip_credentials.md5_ha1',
        row: first?.['user_id'] as string,
      }),
    ).toBe(ha1Of(1));
    expect(await sync.userOf(connectorId, emailOf(2))).toMatchObject({
      status: 'pending',
      zoom_user_id: 'zoom-2',
      display_name: 'Zoom 2',
      md5_ha1: null,
    });
    expect(await sync.userOf(connectorId, 'nobody@example.com')).toMatchObject({
      status: 'pending',
      zoom_user_id: null,
    });
    // CloudLink loses a chosen user: pending without a credential, but still chosen.
    sync.cloudlink.users = sync.cloudlink.users.filter((user) => user.userId !== 'cl-1');
    expect((await sync.sync(connectorId)).counts).toMatchObject({ updated: 0, removed: 0, missing: 1 });
    expect((await sync.sync(connectorId)).counts).toMatchObject({ updated: 1, removed: 0, missing: 1 });
    expect(await sync.userOf(connectorId, emailOf(1))).toMatchObject({
      status: 'pending',
      credential_state: 'none',
      md5_ha1: null,
      missing_since: null,
    });
  });

  it('keeps the status of a user whose turn it is only by what the lock of another one shows', async () => {
    const connectorId = await sync.connector({ membership: 'chosen' });
    sync.fill(2);
    for (const email of [emailOf(1), emailOf(2)]) {
      await sync.database.query(
        `insert into integrated_users (connector_id, user_id, email, membership) values ($1, gen_random_uuid(), $2, 'chosen')`,
        [connectorId, email],
      );
    }
    await sync.sync(connectorId);
    const second = await sync.userOf(connectorId, emailOf(2));
    const since = new Date(Date.now() - 60_000);
    await sync.database.query(
      `with device as (
         insert into registrations (connector_id, user_id, device_id, platform, outcome, since, reported_at, expires_at)
         values ($1, $2, 'd', 'desktop', 'registered', $3, now(), now() + interval '1 hour')
       )
       update integrated_users set status = 'registered', status_since = $3, status_expires_at = now() + interval '1 hour'
       where connector_id = $1 and user_id = $2`,
      [connectorId, second?.['user_id'], since],
    );
    // Zoom lists one user under both emails. The first one has it, until an admin takes them out while the page is on its way.
    sync.zoom.users[1] = zoomUser(2, { id: 'zoom-1' });
    sync.cloudlink.users[0] = psiUser(1, { displayName: 'Renamed' });
    const { prepare } = PagePreparer.prototype;
    const between = jest.spyOn(PagePreparer.prototype, 'prepare').mockImplementationOnce(async function (
      this: PagePreparer,
      ...given
    ) {
      const page = await prepare.apply(this, given);
      await sync.database.query(`update integrated_users set membership = 'automatic' where email = $1`, [emailOf(1)]);
      return page;
    });
    const run = await sync.sync(connectorId);
    between.mockRestore();
    expect(run.state).toBe('succeeded');
    expect(await sync.userOf(connectorId, emailOf(2))).toMatchObject({
      user_id: second?.['user_id'],
      zoom_user_id: 'zoom-1',
      status: 'registered',
      status_since: since,
    });
  });

  it('follows a user whose email changes on both sides', async () => {
    const connectorId = await sync.connector();
    sync.fill(3);
    await sync.sync(connectorId);
    const before = await sync.userOf(connectorId, emailOf(1));
    sync.zoom.users[0] = zoomUser(1, { email: 'married@example.com' });
    sync.cloudlink.users[0] = psiUser(1, { email: 'married@example.com' });
    expect((await sync.sync(connectorId)).counts).toEqual(counts({ read: 3, updated: 1, unchanged: 2 }));
    expect(await sync.userOf(connectorId, 'married@example.com')).toMatchObject({
      user_id: before?.['user_id'],
      status: 'inactive',
    });
    // And when two people swap their addresses.
    sync.zoom.users[1] = zoomUser(2, { email: emailOf(3) });
    sync.zoom.users[2] = zoomUser(3, { email: emailOf(2) });
    expect((await sync.sync(connectorId)).state).toBe('succeeded');
    expect(await sync.userOf(connectorId, emailOf(3))).toMatchObject({ zoom_user_id: 'zoom-2' });
    expect(await sync.userOf(connectorId, emailOf(2))).toMatchObject({ zoom_user_id: 'zoom-3' });
  });

  it('survives a list that changes while it is read', async () => {
    const connectorId = await sync.connector();
    sync.fill(9);
    sync.cloudlink.pageSize = 3;
    sync.cloudlink.before = (position) => {
      // Somebody is inserted in front between the pages: user 3 is listed twice.
      if (position === '/psi?$skiptoken=3') sync.cloudlink.users.unshift(psiUser(10));
    };
    const run = await sync.sync(connectorId);
    expect(run).toMatchObject({ state: 'succeeded', counts: { created: 9, unchanged: 0, problems: 0, removed: 0 } });
    sync.cloudlink.before = () => undefined;
    sync.zoom.users.push(zoomUser(10));
    expect((await sync.sync(connectorId)).counts).toMatchObject({ read: 10, created: 1, unchanged: 9 });
  });

  it('follows an empty page that has a next one', async () => {
    const connectorId = await sync.connector();
    sync.fill(4);
    const real = sync.cloudlink.users;
    sync.cloudlink.before = (position) => {
      sync.cloudlink.users = position === undefined ? [] : real;
    };
    sync.cloudlink.nextOf = () => (sync.cloudlink.users.length === 0 ? '/psi?$skiptoken=0' : undefined);
    expect(await sync.sync(connectorId)).toMatchObject({ state: 'succeeded', counts: { read: 4, created: 4 } });
  });

  it('ends on a next link that loops, and removes nobody', async () => {
    const connectorId = await sync.connector();
    sync.fill(6);
    await sync.sync(connectorId);
    sync.cloudlink.users = sync.cloudlink.users.slice(0, 5);
    sync.cloudlink.pageSize = 2;
    sync.cloudlink.nextOf = (to) => `/psi?$skiptoken=${to % 4}`;
    const run = await sync.sync(connectorId);
    expect(run).toMatchObject({ state: 'failed', error: { code: 'page_loop' }, counts: { removed: 0 } });
    expect(sync.cloudlink.calls).toBeLessThan(20);
    expect(await sync.userOf(connectorId, emailOf(6))).toMatchObject({ status: 'inactive' });
  });

  it('begins a Zoom status again when its page token expires', async () => {
    const connectorId = await sync.connector();
    sync.fill(10);
    sync.zoom.pageSize = 3;
    let expired = 0;
    sync.zoom.before = ({ pageToken }) => {
      if (pageToken === '6' && expired++ === 0) throw new ZoomPageTokenExpired();
    };
    const run = await sync.sync(connectorId);
    expect(run).toMatchObject({ state: 'succeeded', counts: counts({ read: 10, created: 10 }) });
    sync.zoom.before = ({ pageToken }) => {
      if (pageToken === '6') throw new ZoomPageTokenExpired();
    };
    expect(await sync.sync(connectorId)).toMatchObject({ state: 'failed', error: { code: 'provider_answer_invalid' } });
    expect(await sync.endState(connectorId)).toHaveLength(10);
  });

  it('fails when an admin must authorise again', async () => {
    const connectorId = await sync.connector();
    sync.fill(3);
    sync.grants.dead = true;
    const run = await sync.sync(connectorId);
    expect(run).toMatchObject({ state: 'failed', phase: 'zoom_users', error: { code: 'reauthorization_required' } });
    expect(run.finishedAt).not.toBeNull();
    // The alert of the grant that died is the one ERROR, not each sync that meets it.
    expect(sync.lines.join('')).toContain('"level":40');
    expect(sync.lines.join('')).not.toContain('"level":50');
  });

  it('never writes a hash or a token to the log', async () => {
    const connectorId = await sync.connector();
    sync.fill(3);
    await sync.sync(connectorId);
    sync.cloudlink.before = () => {
      throw new AppError('provider_answer_invalid', 'CloudLink sent an answer that is not JSON.');
    };
    await sync.sync(connectorId);
    expect(sync.lines.join('')).not.toContain(ha1Of(1));
    expect(sync.lines.length).toBe(4);
  });
});
