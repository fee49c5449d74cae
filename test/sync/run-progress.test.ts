import { setTimeout as sleep } from 'node:timers/promises';
import type { RunProgress } from '../../src/sync/run-progress';
import { ZoomPageTokenExpired } from '../../src/zoom/zoom-api';
import { until } from '../support/program';
import { SyncHarness } from './sync-harness';

describe('the progress of a run', () => {
  let sync: SyncHarness;
  let connectorId: string;
  beforeEach(async () => {
    sync = await SyncHarness.open();
    connectorId = await sync.connector();
    sync.fill(40);
    sync.zoom.pageSize = 10;
    sync.cloudlink.pageSize = 10;
  });
  afterEach(async () => {
    sync.zoom.before = () => undefined;
    await sync.close();
  });

  const look = async (): Promise<RunProgress | null> => {
    const [run] = (await sync.syncRuns.list(connectorId, { limit: 1 })).items;
    return (await sync.syncRuns.watch(connectorId, run?.runId ?? '')).progress;
  };
  /** What a look shows once the pages of before are stored. */
  const lookAfter = (read: number): Promise<RunProgress | null> =>
    until('the pages before to be stored', async () => {
      const progress = await look();
      return progress === null || progress.read >= read ? progress : undefined;
    });
  /** What a look shows before each page of CloudLink, and before each of Zoom’s. */
  const observe = async (
    zoomMs = 200,
  ): Promise<{ zoom: (RunProgress | null)[]; cloudlink: (RunProgress | null)[] }> => {
    const seen: Awaited<ReturnType<typeof observe>> = { zoom: [], cloudlink: [] };
    const { length } = sync.zoom.users;
    sync.zoom.before = async () => {
      await sleep(zoomMs);
      seen.zoom.push(await lookAfter(Math.min(10 * seen.zoom.length, length)));
    };
    sync.cloudlink.before = async () => {
      await sleep(200);
      seen.cloudlink.push(await lookAfter(10 * seen.cloudlink.length));
    };
    const run = await sync.sync(connectorId);
    expect(run.state).toBe('succeeded');
    return seen;
  };
  const shown = (looks: (RunProgress | null)[]): unknown[] => looks.map((it) => [it?.phase, it?.read, it?.expected]);

  it('of a first sync: what is read, and at CloudLink as many as Zoom has', async () => {
    const { zoom, cloudlink } = await observe();
    expect(shown(zoom)).toEqual([
      // Four pages of active users, then the two other statuses.
      ...[0, 10, 20, 30, 40, 40].map((read) => ['zoom_users', read, null]),
    ]);
    expect(shown(cloudlink)).toEqual([0, 10, 20, 30].map((read) => ['cloudlink_users', read, 40]));
  });

  it('of a later one: as many as the last that succeeded has read, at what rate, and how long still', async () => {
    await sync.sync(connectorId);
    sync.fill(38);
    const { zoom, cloudlink } = await observe(500);
    expect(shown(zoom).slice(0, 4)).toEqual([0, 10, 20, 30].map((read) => ['zoom_users', read, 40]));
    expect(shown(cloudlink)).toEqual([0, 10, 20, 30].map((read) => ['cloudlink_users', read, 40]));
    const last = cloudlink.at(-1);
    // 30 users in 800 ms and what the pages took; with the 3 s of Zoom's pages it would be 8.
    expect(last?.usersPerSecond).toBeGreaterThan(10);
    expect(last?.usersPerSecond).toBeLessThan(38);
    expect(last?.secondsLeft).toBe(Math.ceil(10 / (last?.usersPerSecond ?? 0)));
  });

  it('is not known when there are more than the last time, and not taken from a run that failed', async () => {
    sync.fill(20);
    await sync.sync(connectorId);
    sync.fill(40);
    const { cloudlink } = await observe();
    expect(shown(cloudlink).at(-1)).toEqual(['cloudlink_users', 30, null]);
    sync.zoom.users = [];
    sync.cloudlink.before = () => undefined;
    sync.zoom.before = () => undefined;
    expect((await sync.sync(connectorId)).state).toBe('awaiting_approval');
    await sync.syncRuns.enqueue(connectorId, 'manual');
    expect(await look()).toMatchObject({ phase: 'zoom_users', read: 0, expected: 40 });
  });

  it('counts whom Zoom lists once, though their list had to be begun again', async () => {
    let expired = 0;
    sync.zoom.before = ({ pageToken }) => {
      if (pageToken === '30' && expired++ === 0) throw new ZoomPageTokenExpired();
    };
    const looks: (RunProgress | null)[] = [];
    sync.cloudlink.before = async () => void looks.push(await look());
    await sync.sync(connectorId);
    expect(expired).toBe(2);
    expect(looks[0]).toMatchObject({ expected: 40 });
  });

  it('is null when the run has ended, and starts with nothing while it waits', async () => {
    const { runId } = await sync.syncRuns.enqueue(connectorId, 'manual');
    expect(await look()).toEqual({
      phase: 'zoom_users',
      read: 0,
      expected: null,
      usersPerSecond: 0,
      secondsLeft: null,
    });
    await sync.attempt();
    expect((await sync.syncRuns.watch(connectorId, runId)).progress).toBeNull();
  });
});
