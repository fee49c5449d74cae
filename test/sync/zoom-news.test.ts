import fc from 'fast-check';
import type { PsiUser } from '../../src/cloudlink/cloudlink-types';
import { describeUser } from '../../src/sync/describe-user';
import { composeFollowZoomUser } from '../../src/sync/events/compose-follow-zoom-user';
import type { SyncRun } from '../../src/sync/sync-run';
import { ZoomNewsRepository } from '../../src/sync/zoom-news.repository';
import { ChosenUsersRepository } from '../../src/users/chosen/chosen-users.repository';
import type { ZoomUser } from '../../src/zoom/zoom-types';
import { emailOf, numbers, psiUser, zoomUser } from './fake-remotes';
import { NEVER, SyncHarness } from './sync-harness';

interface Lists {
  zoom: ZoomUser[];
  cloudlink: PsiUser[];
  /** What a webhook tells when Zoom’s list is read: this user is so by now. */
  told: ZoomUser | undefined;
}

const person = fc.integer({ min: 1, max: 6 });
const status = fc.constantFrom('active' as const, 'active' as const, 'inactive' as const, 'pending' as const);

/** Few people, of whom some are listed twice, under other names, with other ids, with each other's emails, or not at all. */
const lists: fc.Arbitrary<Lists> = fc
  .record({
    zoom: fc.array(
      fc.record({
        n: person,
        status,
        isOther: fc.boolean(),
        email: fc.option(fc.integer({ min: 4, max: 8 }), { freq: 5 }),
        displayName: fc.constantFrom('', 'Anna', 'Berta'),
      }),
      { maxLength: 9 },
    ),
    cloudlink: fc.uniqueArray(person, { minLength: 3, maxLength: 6 }),
    told: fc.option(fc.record({ n: person, status, email: person })),
  })
  .map(({ zoom, cloudlink, told }) => ({
    zoom: zoom
      .map(({ n, status, isOther, email, displayName }) =>
        zoomUser(n, {
          id: status === 'pending' ? undefined : `zoom-${n}${isOther ? '-other' : ''}`,
          email: emailOf(email ?? n),
          status,
          displayName,
        }),
      )
      // One user under two emails stays with whoever comes first, which is not what this is about.
      .filter(({ id, email }, _, all) => id === undefined || all.find((other) => other.id === id)?.email === email),
    // Some have no name at CloudLink, and none ever.
    cloudlink: cloudlink.map((n) => psiUser(n, n % 2 === 0 ? { displayName: '' } : {})),
    told: told === null ? undefined : zoomUser(told.n, { status: told.status, email: emailOf(told.email) }),
  }));

/** What Zoom says of users is read in their rows, but for what they do not say. */
describe('what a full run keeps of Zoom’s list', () => {
  let sync: SyncHarness;
  let connectorId: string;

  beforeEach(async () => {
    sync = await SyncHarness.open();
    connectorId = await sync.connector();
  });
  afterEach(() => sync.close());

  const newsOf = async (): Promise<unknown[]> => {
    const { rows } = await sync.database.query<Record<string, unknown>>(
      'select email, zoom_user_id, zoom_status, display_name from sync_run_zoom_news order by email',
    );
    return rows.map(({ email, zoom_user_id: id, zoom_status: status, display_name: name }) => [
      email,
      id,
      status,
      name,
    ]);
  };

  /** A run, and the news that it has of Zoom when it comes to CloudLink. */
  async function observed(): Promise<{ run: SyncRun; news: unknown[] }> {
    let news: unknown[] = [];
    sync.cloudlink.before = async (position) => {
      if (position === undefined) news = await newsOf();
    };
    return { run: await sync.sync(connectorId), news };
  }

  it('is nothing where nothing has changed', async () => {
    sync.fill(7);
    sync.zoom.pageSize = 3;
    expect((await observed()).news).toHaveLength(7);
    const { run, news } = await observed();
    expect(run).toMatchObject({ state: 'succeeded', counts: { unchanged: 7, updated: 0, missing: 0 } });
    expect(news).toEqual([]);
  });

  it('is whoever is new, changed or no longer listed', async () => {
    sync.fill(7);
    sync.zoom.pageSize = 3;
    await sync.sync(connectorId);
    sync.zoom.users = [
      zoomUser(1),
      zoomUser(2, { status: 'inactive' }),
      zoomUser(3, { id: 'zoom-33' }),
      // CloudLink's name is shown.
      zoomUser(4, { displayName: 'Another name' }),
      zoomUser(5, { email: 'USER5@example.com' }),
      zoomUser(7, { email: 'seven@example.com' }),
      zoomUser(8),
    ];
    const { run, news } = await observed();
    expect(news).toEqual([
      ['seven@example.com', 'zoom-7', 'active', 'Zoom 7'],
      [emailOf(2), 'zoom-2', 'inactive', 'Zoom 2'],
      [emailOf(3), 'zoom-33', 'active', 'Zoom 3'],
      [emailOf(6), null, null, ''],
      [emailOf(7), null, null, ''],
      [emailOf(8), 'zoom-8', 'active', 'Zoom 8'],
    ]);
    expect(run).toMatchObject({ state: 'succeeded', counts: { updated: 3, unchanged: 3, missing: 1 } });
    expect(await sync.problemsOf(run)).toEqual(['no_zoom_user cl-6']);
  });

  it('is not the less useful one of two whom it has by one email, in whichever order they come', async () => {
    sync.fill(3);
    await sync.sync(connectorId);
    sync.zoom.pageSize = 1;
    sync.zoom.users.unshift(
      zoomUser(1, { status: 'pending', id: undefined }),
      zoomUser(2, { status: 'inactive', email: 'User2@example.com' }),
    );
    sync.zoom.users.push(zoomUser(3, { status: 'inactive' }));
    expect((await observed()).news).toEqual([]);
  });

  it('is everybody beyond twice as many as are stored: most are strangers', async () => {
    sync.fill(2);
    await sync.sync(connectorId);
    sync.zoom.pageSize = 3;
    sync.zoom.users.push(...numbers(20).map((n) => zoomUser(100 + n)));
    let pages = 0;
    const counted = sync.cloudlink;
    counted.before = async () => {
      const { rows } = await sync.database.query<{ n: number }>('select count(*)::int as n from sync_run_zoom_pages');
      pages = rows[0]?.n ?? 0;
    };
    expect(await sync.sync(connectorId)).toMatchObject({ counts: { unchanged: 2, missing: 0 } });
    expect(pages).toBe(3);
  });

  describe('of names', () => {
    const nameOf = async (n: number): Promise<unknown> =>
      (await sync.userOf(connectorId, emailOf(n)))?.['display_name'];

    it('is Zoom’s new one where it is shown', async () => {
      sync.fill(2);
      sync.cloudlink.users[0] = psiUser(1, { displayName: '' });
      await sync.sync(connectorId);
      sync.zoom.users = [1, 2].map((n) => zoomUser(n, { displayName: `New ${n}` }));
      expect((await observed()).news).toEqual([[emailOf(1), 'zoom-1', 'active', 'New 1']]);
      expect([await nameOf(1), await nameOf(2)]).toEqual(['New 1', 'User 2']);
      expect((await observed()).news).toEqual([]);
    });

    it('is read anew where a row of before does not say whose name it shows', async () => {
      sync.fill(1);
      sync.cloudlink.users[0] = psiUser(1, { displayName: '' });
      await sync.sync(connectorId);
      const cipher = await sync.ciphers.for(connectorId);
      const zoom = { id: 'zoom-1', status: 'active', displayName: 'Zoom 1' } as const;
      const text = describeUser(psiUser(1, { displayName: '' }), zoom, emailOf(1)).replace('[2,', '[1,');
      await sync.database.query(`update integrated_users set has_zoom_name = false, fingerprint = decode($1, 'hex')`, [
        cipher.fingerprintText(text),
      ]);
      sync.zoom.users = [zoomUser(1, { displayName: 'New' })];
      await sync.sync(connectorId);
      await sync.sync(connectorId);
      expect(await nameOf(1)).toBe('New');
    });

    it('leaves a user with the last one whom CloudLink no longer names, until the next run', async () => {
      sync.fill(1);
      await sync.sync(connectorId);
      sync.cloudlink.users[0] = psiUser(1, { displayName: '' });
      await sync.sync(connectorId);
      expect(await nameOf(1)).toBe('User 1');
      await sync.sync(connectorId);
      expect(await nameOf(1)).toBe('Zoom 1');
    });

    it('is Zoom’s of a chosen user whom CloudLink does not know', async () => {
      const chosen = await sync.connector({ membership: 'chosen' });
      await sync.database.query(
        `insert into integrated_users (connector_id, user_id, email, membership, has_zoom_name) values ($1, gen_random_uuid(), $2, 'chosen', true)`,
        [chosen, emailOf(1)],
      );
      sync.zoom.users = [zoomUser(1)];
      sync.cloudlink.users = [psiUser(2)];
      await sync.sync(chosen);
      sync.zoom.users = [zoomUser(1, { displayName: 'New' })];
      await sync.sync(chosen);
      expect(await sync.userOf(chosen, emailOf(1))).toMatchObject({ display_name: 'New', zoom_user_id: 'zoom-1' });
    });
  });

  describe('while it is read', () => {
    /** Before the last page, which is that of users who are pending. */
    const beforeTheEnd = (tells: () => Promise<void>): void => {
      sync.zoom.before = async ({ status }) => {
        if (status === 'pending') await tells();
      };
    };

    beforeEach(async () => {
      sync.fill(3);
      await sync.sync(connectorId);
    });

    it('does not bring back who is gone by now', async () => {
      beforeTheEnd(() => tell(connectorId, 'zoom-2', undefined));
      expect(await sync.sync(connectorId)).toMatchObject({ counts: { created: 0, updated: 0 } });
      expect(await sync.userOf(connectorId, emailOf(2))).toMatchObject({ status: 'removed', md5_ha1: null });
    });

    it('does not bring in who is gone by now and was never stored', async () => {
      sync.fill(4);
      beforeTheEnd(() => tell(connectorId, 'zoom-4', undefined));
      expect(await sync.sync(connectorId)).toMatchObject({ counts: { created: 0, problems: 1 } });
      expect(await sync.userOf(connectorId, emailOf(4))).toBeUndefined();
    });

    it('is not what it was of who has been deactivated meanwhile', async () => {
      beforeTheEnd(() => tell(connectorId, 'zoom-2', zoomUser(2, { status: 'inactive' })));
      await sync.sync(connectorId);
      expect(await sync.userOf(connectorId, emailOf(2))).toMatchObject({ zoom_status: 'inactive' });
    });

    it('does not have a stranger under the email of before', async () => {
      sync.fill(4);
      beforeTheEnd(() => tell(connectorId, 'zoom-4', zoomUser(4, { email: 'four@example.com' })));
      const { news } = await observed();
      expect(news).toEqual([
        ['four@example.com', 'zoom-4', 'active', 'Zoom 4'],
        [emailOf(4), 'zoom-4', null, ''],
      ]);
    });

    it('has whoever was made anew by the email of one who is told to be gone, late', async () => {
      sync.zoom.users[1] = zoomUser(2, { id: 'zoom-22' });
      beforeTheEnd(() => tell(connectorId, 'zoom-2', undefined));
      await sync.sync(connectorId);
      expect(await sync.userOf(connectorId, emailOf(2))).toMatchObject({
        status: 'inactive',
        zoom_user_id: 'zoom-22',
        md5_ha1: expect.any(Buffer) as Buffer,
      });
    });

    it('keeps the better one of two by one email, though a webhook tells of the other', async () => {
      sync.zoom.users.push(zoomUser(2, { id: 'zoom-22', status: 'inactive' }));
      beforeTheEnd(() => tell(connectorId, 'zoom-22', undefined));
      expect(await sync.sync(connectorId)).toMatchObject({ counts: { unchanged: 3, missing: 0, problems: 0 } });
    });
  });

  it('is known of a user whom an admin takes out and in again meanwhile', async () => {
    const chosen = await sync.connector({ membership: 'chosen' });
    const users = new ChosenUsersRepository();
    sync.fill(2);
    await sync.database.query(
      `insert into integrated_users (connector_id, user_id, email, membership)
       select $1, gen_random_uuid(), email, 'chosen' from unnest($2::text[]) as email`,
      [chosen, [emailOf(1), emailOf(2)]],
    );
    await sync.sync(chosen);
    const user = await sync.userOf(chosen, emailOf(1));
    sync.cloudlink.before = async () => {
      const gone = { userId: user?.['user_id'] as string, status: 'removed', statusSince: new Date() } as const;
      await sync.database.transaction(async (transaction) => {
        await users.remove(chosen, [{ ...gone, statusExpiresAt: null }], new Date(), transaction);
        await users.bringBack(chosen, [{ ...gone, status: 'pending', statusExpiresAt: null }], new Date(), transaction);
      });
    };
    const run = await sync.sync(chosen);
    expect(run).toMatchObject({ state: 'succeeded', counts: { updated: 1, problems: 0, missing: 0 } });
    expect(await sync.userOf(chosen, emailOf(1))).toMatchObject({ status: 'inactive', credential_state: 'ready' });
  });

  it('is asked for anew of a user who was taken out long ago', async () => {
    const chosen = await sync.connector({ membership: 'chosen' });
    const users = new ChosenUsersRepository();
    await sync.database.query(
      `insert into integrated_users (connector_id, user_id, email, membership, status, zoom_status, zoom_user_id, removed_at)
       values ($1, gen_random_uuid(), $2, 'automatic', 'removed', 'active', 'zoom-1', now() - interval '1 year')`,
      [chosen, emailOf(1)],
    );
    const user = await sync.userOf(chosen, emailOf(1));
    const back = { userId: user?.['user_id'] as string, status: 'pending', statusSince: new Date() } as const;
    // When the list is whole already, and does not have them.
    sync.cloudlink.before = () =>
      users.bringBack(chosen, [{ ...back, statusExpiresAt: null }], new Date(), sync.database);
    sync.cloudlink.users = [psiUser(1)];
    expect(await sync.problemsOf(await sync.sync(chosen))).toEqual(['no_zoom_user cl-1']);
  });

  it('keeps a run going in which one user is listed under two emails', async () => {
    sync.fill(3);
    await sync.sync(connectorId);
    // Of both CloudLink knows nothing by now, so no page writes them.
    sync.cloudlink.users = [psiUser(3)];
    for (const ids of [
      ['zoom-9', 'zoom-9'],
      ['zoom-9', 'zoom-9'],
    ]) {
      sync.zoom.users = [...ids.map((id, at) => zoomUser(at + 1, { id })), zoomUser(3)];
      const run = await sync.sync(connectorId);
      expect(['succeeded', 'awaiting_approval']).toContain(run.state);
    }
    expect(await sync.userOf(connectorId, emailOf(1))).toMatchObject({ zoom_user_id: 'zoom-9' });
    expect(await sync.userOf(connectorId, emailOf(2))).toMatchObject({ zoom_user_id: 'zoom-2' });
  });

  it('does not have who was removed because they left Zoom, though their row still says how they were there', async () => {
    sync.fill(8);
    await sync.sync(connectorId);
    sync.zoom.users.pop();
    await sync.sync(connectorId);
    expect(await sync.sync(connectorId)).toMatchObject({ counts: { removed: 1 } });
    const run = await sync.sync(connectorId);
    expect(run).toMatchObject({ state: 'succeeded', counts: { created: 0, updated: 0, unchanged: 7 } });
    expect(await sync.problemsOf(run)).toEqual(['no_zoom_user cl-8']);
    expect(await sync.userOf(connectorId, emailOf(8))).toMatchObject({ status: 'removed', zoom_status: 'active' });
  });

  it('leaves an id to a chosen user that is stored of one who was removed, though Zoom lists both', async () => {
    sync.fill(1);
    await sync.sync(connectorId);
    await sync.database.query(
      `insert into integrated_users (connector_id, user_id, email, membership, status, zoom_user_id, zoom_status)
       values ($1, gen_random_uuid(), $2, 'automatic', 'removed', 'zoom-9', 'active'),
              ($1, gen_random_uuid(), $3, 'chosen', 'pending', null, null)`,
      [connectorId, emailOf(8), emailOf(9)],
    );
    sync.zoom.users.push(zoomUser(8, { id: 'zoom-9' }), zoomUser(9));
    expect(await sync.sync(connectorId)).toMatchObject({ state: 'succeeded' });
    expect(await sync.userOf(connectorId, emailOf(9))).toMatchObject({ zoom_user_id: 'zoom-9', zoom_status: 'active' });
  });

  it('does not say under which of two other emails a user is whom it has under both', async () => {
    sync.fill(3);
    await sync.sync(connectorId);
    sync.zoom.users.splice(1, 1, zoomUser(2, { email: 'a@example.com' }), zoomUser(2, { email: 'b@example.com' }));
    const run = await sync.sync(connectorId);
    expect(run).toMatchObject({ state: 'succeeded', counts: { created: 0, updated: 0, missing: 1 } });
    expect(await sync.problemsOf(run)).toEqual(['no_zoom_user cl-2']);
  });

  it('says by a webhook alone under which email a user is, whose row could not take it', async () => {
    sync.fill(2);
    await sync.sync(connectorId);
    await sync.database.query(
      `insert into integrated_users (connector_id, user_id, email, status) values ($1, gen_random_uuid(), 'new@example.com', 'removed')`,
      [connectorId],
    );
    sync.cloudlink.before = () => tell(connectorId, 'zoom-2', zoomUser(2, { email: 'new@example.com' }));
    expect(await sync.problemsOf(await sync.sync(connectorId))).toEqual([]);
    expect(await sync.userOf(connectorId, 'new@example.com')).toMatchObject({
      cloudlink_user_id: 'cl-2',
      zoom_user_id: 'zoom-2',
      status: 'inactive',
    });
  });

  it('is forgotten of a user who was removed because they are gone, and is brought back meanwhile', async () => {
    sync.fill(2);
    await sync.sync(connectorId);
    const users = new ChosenUsersRepository();
    const user = await sync.userOf(connectorId, emailOf(1));
    const back = { userId: user?.['user_id'] as string, status: 'pending', statusSince: new Date() } as const;
    let between: unknown;
    sync.cloudlink.before = async () => {
      await tell(connectorId, 'zoom-1', undefined);
      await users.bringBack(connectorId, [{ ...back, statusExpiresAt: null }], new Date(), sync.database);
      between = (await sync.userOf(connectorId, emailOf(1)))?.['zoom_status'];
    };
    await sync.sync(connectorId);
    expect(between).toBeNull();
  });

  it('is compared later where a worker of before has left the list without it', async () => {
    sync.fill(3);
    await sync.sync(connectorId);
    sync.zoom.users = [zoomUser(1), zoomUser(2, { status: 'inactive' })];
    await sync.syncRuns.enqueue(connectorId, 'manual');
    const compare = jest.spyOn(ZoomNewsRepository.prototype, 'compare').mockImplementation(() => Promise.resolve());
    sync.cloudlink.pageSize = 1;
    let run = await sync.attempt('worker-1', 0);
    while (run.phase === 'zoom_users') run = await sync.attempt('worker-1', 0);
    compare.mockRestore();
    expect(run).toMatchObject({ state: 'running', phase: 'cloudlink_users', counts: { read: 1 } });
    await sync.database.query(
      `update sync_runs set checkpoint = checkpoint - 'isZoomCompared' where state = 'running'`,
    );
    while (run.state === 'running') run = await sync.attempt('worker-1', 0);
    expect(run).toMatchObject({ state: 'succeeded', counts: { updated: 1, missing: 1 } });
    expect(await sync.userOf(connectorId, emailOf(2))).toMatchObject({ zoom_status: 'inactive' });
  });

  it('makes no difference to keeping all of it', async () => {
    const { countAtZoom } = ZoomNewsRepository.prototype;
    const count = jest.spyOn(ZoomNewsRepository.prototype, 'countAtZoom').mockImplementation(function (
      this: ZoomNewsRepository,
      ...given
    ) {
      return given[0] === kept ? Promise.resolve(0) : countAtZoom.apply(this, given);
    });
    let kept = '';
    sync.zoom.pageSize = 2;
    sync.cloudlink.pageSize = 2;
    await fc.assert(
      fc.asyncProperty(fc.array(lists, { minLength: 3, maxLength: 4 }), async (rounds) => {
        await sync.database.query('delete from graphile_worker._private_jobs');
        const compared = await sync.connector();
        kept = await sync.connector();
        for (const round of rounds) expect(await outcome(compared, round)).toEqual(await outcome(kept, round));
      }),
      { numRuns: 25 },
    );
    count.mockRestore();
  }, 180_000);

  async function outcome(connector: string, { zoom, cloudlink, told }: Lists): Promise<unknown> {
    sync.zoom.users = zoom;
    sync.cloudlink.users = cloudlink;
    sync.cloudlink.before = async (position) => {
      if (position === undefined && told !== undefined) await tell(connector, told.id ?? '', told);
    };
    const run = await sync.sync(connector);
    const { rows } = await sync.database.query(
      'select email, missing_since is not null as is_missing from integrated_users where connector_id = $1 order by email',
      [connector],
    );
    return {
      state: run.state,
      error: run.error,
      counts: run.counts,
      problems: await sync.problemsOf(run),
      users: await sync.endState(connector),
      missing: rows,
    };
  }

  async function tell(connector: string, zoomUserId: string, user: ZoomUser | undefined): Promise<void> {
    const { database, grants, clock } = sync;
    sync.zoom.getUser = () => Promise.resolve(user);
    const follow = composeFollowZoomUser({ database, grants, zoom: sync.zoom, clock });
    const known = { connectorId: connector, state: 'active', membership: 'automatic' } as const;
    await follow.follow(known, zoomUserId, ['user.updated'], NEVER);
  }
});
