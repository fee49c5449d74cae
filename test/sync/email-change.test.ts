import { composeFollowZoomUser } from '../../src/sync/events/compose-follow-zoom-user';
import { PagePeopleRepository } from '../../src/sync/page-people.repository';
import type { SyncRun } from '../../src/sync/sync-run';
import { emailOf, psiUser, zoomUser } from './fake-remotes';
import { NEVER, SyncHarness } from './sync-harness';

const NEW = 'married@example.com';

/** No admin changes an email at Zoom and at CloudLink in the same moment: in between nobody may lose their telephone. */
describe('an email that changes at one side first', () => {
  let sync: SyncHarness;
  let connectorId: string;
  let before: Record<string, unknown> | undefined;

  beforeEach(async () => {
    sync = await SyncHarness.open();
    connectorId = await sync.connector();
    sync.fill(6);
    // The user is not on the first page, and somebody of CloudLink is at no time in Zoom.
    sync.cloudlink.pageSize = 3;
    sync.cloudlink.users.push(psiUser(99));
    await sync.sync(connectorId);
    before = await sync.userOf(connectorId, emailOf(5));
  });
  afterEach(() => sync.close());

  const atZoom = (email: string): void => {
    sync.zoom.users[4] = zoomUser(5, { email });
  };
  const atCloudLink = (email: string): void => {
    sync.cloudlink.users[4] = psiUser(5, { email });
  };
  const runs = async (count: number): Promise<SyncRun[]> => {
    const all: SyncRun[] = [];
    for (let i = 0; i < count; i += 1) all.push(await sync.sync(connectorId));
    return all;
  };
  const expectKept = async (email: string): Promise<void> => {
    const { rows } = await sync.database.query(
      `select user_id, email, zoom_user_id, status, credential_state, missing_since
       from integrated_users where connector_id = $1 and cloudlink_user_id = 'cl-5'`,
      [connectorId],
    );
    expect(rows).toEqual([
      {
        user_id: before?.['user_id'],
        email,
        zoom_user_id: 'zoom-5',
        status: 'inactive',
        credential_state: 'ready',
        missing_since: null,
      },
    ]);
    expect((await sync.userOf(connectorId, email))?.['md5_ha1']).toEqual(expect.any(Buffer));
  };

  it('at Zoom: the user goes on under Zoom’s, run after run, and is written once', async () => {
    atZoom(NEW);
    const [first, second, third] = await runs(3);
    expect(first?.counts).toMatchObject({ updated: 1, unchanged: 5, missing: 0, removed: 0, problems: 1 });
    for (const run of [second, third]) expect(run?.counts).toMatchObject({ updated: 0, unchanged: 6, missing: 0 });
    await expectKept(NEW);
    atCloudLink(NEW);
    expect((await sync.sync(connectorId)).counts).toMatchObject({ updated: 0, unchanged: 6, missing: 0 });
    await expectKept(NEW);
  });

  it('at CloudLink: the user stays under Zoom’s until Zoom has the new one', async () => {
    atCloudLink(NEW);
    for (const run of await runs(2)) expect(run.counts).toMatchObject({ updated: 0, unchanged: 6, missing: 0 });
    await expectKept(emailOf(5));
    atZoom(NEW);
    expect((await sync.sync(connectorId)).counts).toMatchObject({ updated: 1, missing: 0, created: 0 });
    await expectKept(NEW);
  });

  it('at both sides, among more who are new than are looked for one by one', async () => {
    const look = jest.spyOn(PagePeopleRepository.prototype, 'hasMoved');
    atZoom(NEW);
    atCloudLink(NEW);
    const many = Array.from({ length: 500 }, (_, n) => 100 + n);
    sync.zoom.users.push(...many.map((n) => zoomUser(n)));
    sync.cloudlink.users.push(...many.map((n) => psiUser(n)));
    sync.cloudlink.pageSize = 250;
    const [run] = await runs(1);
    expect(run).toMatchObject({ state: 'succeeded', counts: { created: 500, updated: 1, unchanged: 5, missing: 0 } });
    await expectKept(NEW);
    // Once for both pages, and not where there is nobody new.
    expect(look).toHaveBeenCalledTimes(1);
    const [again] = await runs(1);
    expect(again?.counts).toMatchObject({ created: 0, updated: 0, unchanged: 506 });
    expect(look).toHaveBeenCalledTimes(1);
    look.mockRestore();
  });

  it('at Zoom, whose webhook comes before the run', async () => {
    atZoom(NEW);
    await hint();
    await expectKept(NEW);
    const [first, second] = await runs(2);
    expect(first?.counts).toMatchObject({ updated: 1, created: 0, missing: 0 });
    expect(second?.counts).toMatchObject({ updated: 0, unchanged: 6, missing: 0 });
    await expectKept(NEW);
  });

  it('at Zoom, whose webhook comes before, between or after CloudLink’s pages', async () => {
    for (const page of [1, 2, 3]) {
      const email = `new${page}@example.com`;
      let pages = 0;
      sync.cloudlink.before = async () => {
        pages += 1;
        if (pages !== page) return;
        atZoom(email);
        await hint();
      };
      expect((await sync.sync(connectorId)).counts).toMatchObject({ missing: 0, removed: 0, created: 0 });
      await expectKept(email);
    }
  });

  it('at Zoom, while CloudLink’s list shifts: the user who is on two pages is one', async () => {
    atZoom(NEW);
    await sync.sync(connectorId);
    // The user moves from the end of the second page to the front of the third.
    sync.cloudlink.users = [...sync.cloudlink.users.filter((user) => user.userId !== 'cl-6'), psiUser(6)];
    sync.cloudlink.users.splice(3, 0, psiUser(98));
    sync.cloudlink.before = (position) => {
      if (position === '/psi?$skiptoken=6') sync.cloudlink.users.unshift(psiUser(97));
    };
    const run = await sync.sync(connectorId);
    expect(run.counts).toMatchObject({ read: 9, unchanged: 6, updated: 0, missing: 0 });
    await expectKept(NEW);
  });

  it('does not take an email that two others claimed on an earlier page', async () => {
    atZoom(NEW);
    sync.cloudlink.pageSize = 2;
    sync.cloudlink.users.unshift(psiUser(50, { email: NEW }), psiUser(51, { email: NEW }));
    const run = await sync.sync(connectorId);
    expect(run.counts).toMatchObject({ missing: 1, created: 0, updated: 0 });
    expect(await sync.problemsOf(run)).toEqual([
      'duplicate_email cl-50',
      'duplicate_email cl-51',
      'no_zoom_user cl-5',
      'no_zoom_user cl-99',
    ]);
    expect(await sync.userOf(connectorId, NEW)).toBeUndefined();
  });

  it('gives way to whoever of CloudLink has the new email by right', async () => {
    atZoom(NEW);
    sync.cloudlink.users.push(psiUser(50, { email: NEW }));
    sync.cloudlink.users.reverse();
    await runs(2);
    expect(await sync.userOf(connectorId, NEW)).toMatchObject({ cloudlink_user_id: 'cl-50', zoom_user_id: 'zoom-5' });
  });

  const hint = async (): Promise<void> => {
    const { database, grants, zoom, clock } = sync;
    zoom.getUser = () => Promise.resolve(sync.zoom.users.find((user) => user.id === 'zoom-5'));
    const connector = { connectorId, state: 'active', membership: 'automatic' } as const;
    const follow = composeFollowZoomUser({ database, grants, zoom, clock });
    expect(await follow.follow(connector, 'zoom-5', ['user.updated'], NEVER)).toBe('applied');
  };
});
