import fc from 'fast-check';
import type { PsiUser } from '../../src/cloudlink/cloudlink-types';
import { PagePreparer } from '../../src/sync/page-preparer';
import type { SyncRun } from '../../src/sync/sync-run';
import type { ZoomUser } from '../../src/zoom/zoom-types';
import { credential, emailOf, numbers, psiUser, zoomUser } from './fake-remotes';
import { SyncHarness } from './sync-harness';

interface Lists {
  zoom: ZoomUser[];
  cloudlink: PsiUser[];
}

/** Few people with few emails: most pages have somebody in common with the page before. */
const lists: fc.Arbitrary<Lists> = fc
  .record({
    zoom: fc.uniqueArray(fc.record({ n: fc.integer({ min: 1, max: 8 }), isActive: fc.boolean() }), {
      selector: ({ n }) => n,
      minLength: 5,
      maxLength: 8,
    }),
    cloudlink: fc.array(
      fc.record({
        n: fc.integer({ min: 1, max: 8 }),
        // Most have the email of their own.
        email: fc.option(fc.integer({ min: 1, max: 8 }), { freq: 3 }),
        status: fc.constantFrom('ready' as const, 'ready' as const, 'pending' as const, 'revoked' as const),
        realm: fc.constantFrom('old', 'new'),
      }),
      { minLength: 6, maxLength: 14 },
    ),
  })
  .map(({ zoom, cloudlink }) => ({
    zoom: zoom.map(({ n, isActive }) => zoomUser(n, { status: isActive ? 'active' : 'inactive' })),
    cloudlink: cloudlink.map(({ n, email, status, realm }) =>
      psiUser(n, {
        email: emailOf(email ?? n),
        status,
        credential: status === 'ready' ? { ...credential(n), realm } : undefined,
      }),
    ),
  }));

/** A page is compared while the page before is stored, on what that is going to leave. */
describe('pages that count on the page before', () => {
  let sync: SyncHarness;
  beforeEach(async () => {
    sync = await SyncHarness.open();
    sync.cloudlink.pageSize = 2;
  });
  afterEach(() => sync.close());

  /** Each page by itself: whoever stores it has read what all pages before have stored, and nothing ahead. */
  async function syncPageByPage(connectorId: string): Promise<SyncRun> {
    await sync.syncRuns.enqueue(connectorId, 'manual');
    for (let n = 0; n < 60; n += 1) {
      const run = await sync.attempt('worker-1', 0);
      if (run.state !== 'running' && run.state !== 'queued') return run;
    }
    throw new Error('the run does not end');
  }

  /** Where Zoom does not know the email, it is the same to everybody whether somebody else has claimed it before. */
  async function problemsOf({ connectorId, runId }: SyncRun): Promise<string[]> {
    const { items } = await sync.syncRuns.listProblems(connectorId, runId, { limit: 200 });
    const isKnown = new Set(sync.zoom.users.map(({ email }) => email));
    return items
      .map(({ code, cloudlinkUserId, email }) => `${isKnown.has(email ?? '') ? code : 'nobody'} ${cloudlinkUserId}`)
      .sort();
  }

  const outcome = async (run: SyncRun): Promise<unknown> => ({
    state: run.state,
    counts: { ...run.counts, unchanged: null },
    problems: await problemsOf(run),
    users: await sync.endState(run.connectorId),
  });

  it('leave what pages leave that are stored one by one, in a first sync and in a later one', async () => {
    await fc.assert(
      fc.asyncProperty(lists, lists, async (first, second) => {
        await sync.database.query('delete from graphile_worker._private_jobs');
        const [ahead, oneByOne] = [await sync.connector(), await sync.connector()];
        for (const { zoom, cloudlink } of [first, second]) {
          sync.zoom.users = zoom;
          sync.cloudlink.users = cloudlink;
          const run = await sync.sync(ahead);
          expect(await outcome(run)).toEqual(await outcome(await syncPageByPage(oneByOne)));
        }
      }),
      { numRuns: 25 },
    );
  }, 180_000);

  it('are not compared again because somebody lies on both', async () => {
    const prepare = jest.spyOn(PagePreparer.prototype, 'prepare');
    try {
      const connectorId = await sync.connector();
      sync.zoom.users = numbers(8).map((n) => zoomUser(n));
      // Pages of two: the second person again, the third one's email, an email that is nobody's.
      sync.cloudlink.users = [1, 2, 2, 3, 4, 5, 6, 7].map((n) => psiUser(n));
      sync.cloudlink.users.splice(4, 0, psiUser(93, { email: emailOf(3) }));
      sync.cloudlink.users.push(psiUser(98, { email: emailOf(8) }), psiUser(97, { email: emailOf(7) }));
      const run = await sync.sync(connectorId);
      expect(run).toMatchObject({ state: 'succeeded', counts: { read: 11, created: 8, unchanged: 0, problems: 2 } });
      expect(await sync.problemsOf(run)).toEqual(['duplicate_email cl-93', 'duplicate_email cl-97']);
      expect(prepare).toHaveBeenCalledTimes(6);
      expect(await sync.sync(connectorId)).toMatchObject({ counts: { created: 0, updated: 0, unchanged: 8 } });
      expect(prepare).toHaveBeenCalledTimes(12);
    } finally {
      prepare.mockRestore();
    }
  });
});
