import { randomUUID } from 'node:crypto';
import type { SyncRun } from '../../src/sync/sync-run';
import { emailOf, ha1Of, numbers, psiUser, zoomUser } from './fake-remotes';
import { SyncHarness } from './sync-harness';

/** Where nobody was stored before, pages look for nobody but those whom the run itself has stored. */
describe('a first sync', () => {
  let sync: SyncHarness;
  let connectorId: string;
  beforeEach(async () => {
    sync = await SyncHarness.open();
    connectorId = await sync.connector();
    sync.cloudlink.pageSize = 2;
  });
  afterEach(() => sync.close());

  /** An admin adds user `n`. */
  const choose = (n: number, of = connectorId, userId = randomUUID()): Promise<unknown> =>
    sync.database.query(
      `insert into integrated_users (connector_id, user_id, email, membership, status, status_since, created_at, chosen_at)
       values ($1, $2, $3, 'chosen', 'pending', now(), now(), now()) on conflict do nothing`,
      [of, userId, emailOf(n)],
    );

  async function untilItEnds(turn: (n: number) => Promise<SyncRun>): Promise<SyncRun> {
    for (let n = 0; n < 40; n += 1) {
      const run = await turn(n);
      if (run.state !== 'running' && run.state !== 'queued') return run;
    }
    throw new Error('the run does not end');
  }

  const storedMd5 = (n: number): Promise<string> => sync.md5Of(connectorId, emailOf(n));

  it.each([
    ['one process', 1],
    ['two that take turns', 2],
  ])('in many slices by %s knows whom it has stored', async (_, processes) => {
    sync.zoom.users = numbers(12).map((n) => zoomUser(n));
    sync.cloudlink.users = numbers(12).map((n) => psiUser(n));
    // The list shows somebody again, and somebody else with an email that was given away five pages before.
    sync.cloudlink.users.splice(10, 0, psiUser(1), psiUser(91, { email: emailOf(2) }));
    await sync.syncRuns.enqueue(connectorId, 'manual');
    const executors = numbers(processes).map(() => sync.executor(0));
    const run = await untilItEnds((n) => {
      const executor = executors[n % processes];
      if (executor === undefined) throw new Error('no executor');
      return sync.attemptBy(executor, `worker-${n % processes}`);
    });
    expect(run).toMatchObject({ state: 'succeeded', counts: { read: 14, created: 12, updated: 0, problems: 1 } });
    expect(await sync.problemsOf(run)).toEqual(['duplicate_email cl-91']);
    expect((await sync.userOf(connectorId, emailOf(2)))?.['cloudlink_user_id']).toBe('cl-2');
    for (const n of numbers(12)) expect(await storedMd5(n)).toBe(ha1Of(n));
  });

  it('takes in somebody whom an admin chooses meanwhile', async () => {
    sync.fill(10);
    const userId = randomUUID();
    sync.cloudlink.before = async (position) => {
      if (position !== '/psi?$skiptoken=4') return;
      await choose(9, connectorId, userId);
    };
    const run = await sync.sync(connectorId);
    expect(run).toMatchObject({ state: 'succeeded', counts: { read: 10, created: 9, updated: 1, problems: 0 } });
    expect(await sync.userOf(connectorId, emailOf(9))).toMatchObject({
      user_id: userId,
      membership: 'chosen',
      cloudlink_user_id: 'cl-9',
      status: 'inactive',
    });
    expect(await storedMd5(9)).toBe(ha1Of(9));
  });

  it('takes in somebody who is chosen after the admin has turned to choosing, in the middle of it', async () => {
    sync.fill(10);
    await sync.syncRuns.enqueue(connectorId, 'manual');
    const executor = sync.executor(0);
    let isTurned = false;
    await untilItEnds(async () => {
      const run = await sync.attemptBy(executor);
      if (run.counts.created >= 4 && !isTurned) {
        isTurned = true;
        await sync.database.query(`update connectors set membership = 'chosen' where connector_id = $1`, [connectorId]);
        await choose(9);
      }
      return run;
    });
    expect(isTurned).toBe(true);
    expect(await sync.userOf(connectorId, emailOf(9))).toMatchObject({ cloudlink_user_id: 'cl-9', status: 'inactive' });
    expect(await sync.userOf(connectorId, emailOf(7))).toBeUndefined();
  });

  it('takes in the users of an admin who has chosen them all, one after the other', async () => {
    const chosen = await sync.connector({ membership: 'chosen' });
    sync.fill(6);
    sync.cloudlink.before = async (position) => {
      await choose(position === undefined ? 4 : 6, chosen);
    };
    const run = await sync.sync(chosen);
    expect(run).toMatchObject({ state: 'succeeded', counts: { updated: 2, created: 0 } });
    for (const n of [4, 6]) {
      expect(await sync.userOf(chosen, emailOf(n))).toMatchObject({ cloudlink_user_id: `cl-${n}`, status: 'inactive' });
    }
  });
});
