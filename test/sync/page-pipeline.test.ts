import { setTimeout as sleep } from 'node:timers/promises';
import { ZoomNewsRepository } from '../../src/sync/zoom-news.repository';
import { emailOf, ha1Of, numbers, psiUser, zoomUser } from './fake-remotes';
import { SyncHarness } from './sync-harness';

/** Pages of two: while one is stored, the next has already been compared with what was stored before. */
describe('pages that are prepared ahead', () => {
  let sync: SyncHarness;
  let connectorId: string;
  beforeEach(async () => {
    sync = await SyncHarness.open();
    connectorId = await sync.connector();
    sync.cloudlink.pageSize = 2;
  });
  afterEach(() => sync.close());

  const linkOf = async (n: number): Promise<unknown> =>
    (await sync.userOf(connectorId, emailOf(n)))?.['cloudlink_user_id'];

  const storedMd5 = (n: number): Promise<string> => sync.md5Of(connectorId, emailOf(n));

  it.each([
    ['on the next page', 2],
    ['many pages later', 8],
  ])('refuse a second CloudLink user with the email of another, %s, however often the sync runs', async (_, at) => {
    sync.zoom.users = numbers(10).map((n) => zoomUser(n));
    sync.cloudlink.users = numbers(10).map((n) => psiUser(n));
    sync.cloudlink.users.splice(at, 0, psiUser(91, { email: emailOf(2) }));
    const runs = [await sync.sync(connectorId), await sync.sync(connectorId)];
    for (const run of runs) {
      expect(run.counts).toMatchObject({ read: 11, problems: 1, removed: 0 });
      expect(await sync.problemsOf(run)).toEqual(['duplicate_email cl-91']);
    }
    expect(await linkOf(2)).toBe('cl-2');
    // Who took over an email from somebody who left CloudLink has it.
    sync.cloudlink.users = sync.cloudlink.users.filter((user) => user.userId !== 'cl-2');
    expect((await sync.sync(connectorId)).counts).toMatchObject({ updated: 1, problems: 0 });
    expect(await linkOf(2)).toBe('cl-91');
  });

  it('leave an email alone that two people claimed on an earlier page', async () => {
    sync.zoom.users = numbers(6).map((n) => zoomUser(n));
    sync.cloudlink.users = [
      psiUser(91, { email: emailOf(1) }),
      psiUser(92, { email: emailOf(1) }),
      ...numbers(6)
        .slice(1)
        .map((n) => psiUser(n)),
      psiUser(93, { email: emailOf(1) }),
    ];
    const run = await sync.sync(connectorId);
    expect(run.counts).toMatchObject({ created: 5, problems: 3 });
    expect(await sync.userOf(connectorId, emailOf(1))).toBeUndefined();
  });

  it('give an id that Zoom lists under two emails to one user, who keeps it, and go on', async () => {
    sync.zoom.users = numbers(8).map((n) => zoomUser(n));
    sync.zoom.users[6] = zoomUser(7, { id: 'zoom-1' });
    sync.cloudlink.users = numbers(8).map((n) => psiUser(n));
    const run = await sync.sync(connectorId);
    expect(run).toMatchObject({ state: 'succeeded', counts: { read: 8, created: 7 } });
    expect(await sync.problemsOf(run)).toEqual(['duplicate_zoom_user cl-7']);
    // Who is stored already, and whom CloudLink lists first by now.
    sync.cloudlink.users.reverse();
    const again = await sync.sync(connectorId);
    expect(again).toMatchObject({ state: 'succeeded', counts: { created: 0, updated: 0, unchanged: 7 } });
    expect(await sync.userOf(connectorId, emailOf(1))).toMatchObject({ zoom_user_id: 'zoom-1' });
  });

  it('are compared again when a webhook has changed what they were compared with', async () => {
    sync.fill(8);
    const news = new ZoomNewsRepository();
    const thirdAsked = new Promise<void>((resolve) => {
      sync.cloudlink.before = async (position) => {
        if (position === '/psi?$skiptoken=4') resolve();
        if (position === undefined) await hold();
      };
    });
    let told: Promise<void> | undefined;
    /** Holds the run, so that no page can be stored, until the second page must have been compared. */
    function hold(): Promise<void> {
      return new Promise((isHeld) => {
        told = sync.database.transaction(async (transaction) => {
          await transaction.query('select from sync_runs for update');
          isHeld();
          await thirdAsked;
          await sleep(300);
          await sync.runs.lockOpen(connectorId, transaction);
          const listed = { email: emailOf(1), id: 'zoom-1', status: 'inactive' as const, displayName: 'Told' };
          await news.replace(connectorId, 'zoom-1', listed, transaction);
          await news.replace(connectorId, 'zoom-3', undefined, transaction);
        });
      });
    }
    const run = await sync.sync(connectorId);
    await told;
    expect(run).toMatchObject({ state: 'succeeded', counts: { created: 7, updated: 0 } });
    expect(await sync.problemsOf(run)).toEqual(['no_zoom_user cl-3']);
    expect(await sync.userOf(connectorId, emailOf(1))).toMatchObject({ zoom_status: 'inactive' });
    // What was sealed when they were first compared opens in the rows that were stored.
    for (const n of [1, 2, 4, 5, 6, 7, 8]) expect(await storedMd5(n)).toBe(ha1Of(n));
  });

  it('count a user once whom a shifting list shows again after the run was taken up by another worker', async () => {
    sync.fill(6);
    await sync.sync(connectorId);
    await sync.syncRuns.enqueue(connectorId, 'manual');
    const stop = new AbortController();
    sync.cloudlink.before = async (position) => {
      if (position !== '/psi?$skiptoken=4') return;
      // The first two pages are on their way; the third never comes to this worker.
      await sleep(200);
      stop.abort();
      throw new Error('the worker is gone');
    };
    const taken = await sync.take('worker-1');
    if (taken === undefined) throw new Error('there is no run to take');
    await sync.executor().execute(taken.run, { ...taken.job, signal: stop.signal });
    sync.cloudlink.before = () => undefined;
    sync.cloudlink.users.splice(4, 0, psiUser(4));
    const run = await sync.attempt('worker-2');
    expect(run).toMatchObject({ state: 'succeeded', counts: { read: 7, created: 0, updated: 0, unchanged: 6 } });
  });

  it('store text as it is, whatever characters it has', async () => {
    const names = [
      'back\\slash \\N',
      'tab\there',
      'two\nlines\r\nand',
      '"quotes", \'single\'',
      'Zoë 🦊 {a,b}',
      '\\.',
      '\\x00',
    ];
    sync.zoom.users = names.map((_, n) => zoomUser(n + 1));
    sync.cloudlink.users = names.map((displayName, n) => psiUser(n + 1, { displayName, extension: '\\N' }));
    await sync.sync(connectorId);
    for (const [index, displayName] of names.entries()) {
      const user = await sync.userOf(connectorId, emailOf(index + 1));
      expect(user).toMatchObject({
        display_name: displayName,
        extension: '\\N',
        pbx_type: 'OSV',
        licences: { teleworker: 2 },
      });
      expect(await storedMd5(index + 1)).toBe(ha1Of(index + 1));
    }
  });
});
