import { AppError } from '../../src/platform/errors/app-error';
import { JobTakenOver } from '../../src/platform/queue/job-taken-over';
import { SyncHarness } from './sync-harness';

interface Gate {
  open(): void;
  opened: Promise<void>;
}

function gate(): Gate {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

describe('workers', () => {
  let sync: SyncHarness;
  beforeEach(async () => {
    sync = await SyncHarness.open();
  });
  afterEach(() => sync.close());

  it.each([1, 2, 3, 5])(
    'go on after a crash before CloudLink page %i with the same end state and counts',
    async (page) => {
      const whole = await sync.connector();
      const broken = await sync.connector();
      sync.fill(50);
      sync.cloudlink.pageSize = 10;
      sync.zoom.pageSize = 20;
      const expected = await sync.sync(whole);
      let calls = 0;
      sync.cloudlink.before = () => {
        calls += 1;
        if (calls === page)
          throw new AppError('provider_unavailable', 'CloudLink cannot be reached.', { retryable: true });
      };
      const first = await sync.sync(broken);
      expect(first).toMatchObject({ state: 'running', error: { code: 'provider_unavailable' } });
      // The page before the failed one was being stored while that was fetched.
      expect(first.counts.read).toBe((page - 1) * 10);
      const zoomCalls = sync.zoom.calls;
      await sync.passTime(broken);
      const second = await sync.attempt('worker-2');
      expect(second).toMatchObject({ runId: first.runId, state: 'succeeded', error: null });
      expect(second.counts).toEqual(expected.counts);
      expect(sync.zoom.calls).toBe(zoomCalls);
      expect(await sync.endState(broken)).toEqual(await sync.endState(whole));
    },
  );

  it('take over from a worker that stalled and counts as dead, and the late one writes nothing more', async () => {
    const connectorId = await sync.connector();
    sync.fill(30);
    sync.cloudlink.pageSize = 10;
    const late = gate();
    let calls = 0;
    sync.cloudlink.before = () => {
      calls += 1;
      return calls === 2 ? late.opened : undefined;
    };
    const { runId } = await sync.syncRuns.enqueue(connectorId, 'manual');
    const held = await sync.take('dead');
    if (held === undefined) throw new Error('nothing taken');
    const lateAttempt = sync.executor().execute(held.run, held.job);
    await sync.until(connectorId, runId, (run) => run.counts.read === 10);
    expect(await sync.take('second')).toBeUndefined();
    await sync.passTime(connectorId);
    const done = await sync.attempt('second');
    expect(done).toMatchObject({ runId, state: 'succeeded', counts: { read: 30, created: 30, unchanged: 0 } });
    late.open();
    // An end without an error would delete the job of whoever works on it now.
    await expect(lateAttempt).rejects.toThrow(JobTakenOver);
    expect(await sync.syncRuns.get(connectorId, runId)).toEqual(done);
    expect(sync.lines.join('')).toContain('taken over');
  });

  it('give up a run whose page kills its worker again and again', async () => {
    const connectorId = await sync.connector();
    sync.fill(3);
    const { runId } = await sync.syncRuns.enqueue(connectorId, 'manual');
    for (let i = 0; i < 6; i += 1) {
      expect(await sync.take(`killed-${i}`)).toMatchObject({ run: { attempts: i } });
      await sync.passTime(connectorId);
    }
    expect(await sync.attempt()).toMatchObject({ runId, state: 'failed', error: { code: 'interrupted' } });
  });

  it('wait longer from attempt to attempt, obey the provider, and leave a failed run after the fifth', async () => {
    const connectorId = await sync.connector();
    sync.fill(3);
    sync.zoom.before = () => {
      throw new AppError('provider_unavailable', 'Zoom asks us to slow down.', {
        retryable: true,
        retryAfterSeconds: 6,
      });
    };
    await sync.syncRuns.enqueue(connectorId, 'manual');
    const waits: number[] = [];
    for (let i = 1; i < 5; i += 1) {
      expect(await sync.attempt()).toMatchObject({
        state: 'running',
        error: { code: 'provider_unavailable', message: 'Zoom asks us to slow down.' },
      });
      expect(await sync.take('impatient')).toBeUndefined();
      const { rows } = await sync.database.query<{ s: number }>(
        `select extract(epoch from run_at - updated_at)::float as s from graphile_worker.jobs`,
      );
      waits.push(rows[0]?.s ?? 0);
      await sync.passTime(connectorId);
    }
    // Less the time that the test takes, more by half of our own pause, by chance.
    const bounds: [number, number][] = [
      [5, 7],
      [5, 8],
      [7, 12],
      [15, 24],
    ];
    expect(waits.filter((wait, n) => !(wait > (bounds[n]?.[0] ?? 0) && wait < (bounds[n]?.[1] ?? 0)))).toEqual([]);
    const failed = await sync.attempt();
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'provider_unavailable' } });
    expect((await sync.syncRuns.list(connectorId, { limit: 1 })).items).toEqual([failed]);
    expect(await sync.jobs()).toEqual([]);
  });

  it('many of them at once work one run of one connector, page after page and each page once', async () => {
    const connectorId = await sync.connector();
    sync.fill(40);
    sync.cloudlink.pageSize = 10;
    let inside = 0;
    let most = 0;
    sync.cloudlink.before = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 30));
      inside -= 1;
    };
    for (let n = 0; n < 3; n += 1) await sync.worker({ sliceSeconds: 0 });
    const started = await Promise.all(Array.from({ length: 8 }, () => sync.syncRuns.enqueue(connectorId, 'manual')));
    expect(new Set(started.map((run) => run.runId)).size).toBe(1);
    const done = await sync.until(connectorId, started[0]?.runId ?? '', (run) => run.finishedAt !== null);
    expect(done).toMatchObject({ state: 'succeeded', counts: { read: 40, created: 40, unchanged: 0 } });
    expect(sync.cloudlink.calls).toBe(4);
    expect(most).toBe(1);
  });

  it('take different runs at the same moment', async () => {
    const connectors = await Promise.all(Array.from({ length: 10 }, () => sync.connector()));
    await Promise.all(connectors.map((connectorId) => sync.syncRuns.enqueue(connectorId, 'manual')));
    const claimed = await Promise.all(Array.from({ length: 20 }, (_, n) => sync.take(`worker-${n}`)));
    const ids = claimed.flatMap((taken) => taken?.run.connectorId ?? []);
    expect(ids.sort()).toEqual([...connectors].sort());
  });

  it('work several connectors at once, up to their slots', async () => {
    sync.fill(3);
    const hold = gate();
    let inside = 0;
    let most = 0;
    sync.zoom.before = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await hold.opened;
      inside -= 1;
    };
    const connectors = await Promise.all(Array.from({ length: 3 }, () => sync.connector()));
    await sync.worker({ slots: 2 });
    const runs = await Promise.all(connectors.map((connectorId) => sync.syncRuns.enqueue(connectorId, 'manual')));
    await expect(sync.until(connectors[0] ?? '', runs[0]?.runId ?? '', () => most === 2)).resolves.toBeDefined();
    hold.open();
    for (const run of runs) await sync.until(run.connectorId, run.runId, ({ state }) => state === 'succeeded');
    expect(most).toBe(2);
  });

  it('let go of a run at shutdown so that another goes on at once', async () => {
    const connectorId = await sync.connector();
    sync.fill(30);
    sync.cloudlink.pageSize = 10;
    const aborted = gate();
    sync.cloudlink.before = (position, signal) => {
      if (position !== '/psi?$skiptoken=10') return undefined;
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          aborted.open();
          reject(new Error('aborted'));
        });
      });
    };
    const worker = await sync.worker();
    const { runId } = await sync.syncRuns.enqueue(connectorId, 'manual');
    await sync.until(connectorId, runId, (run) => run.counts.read === 10);
    await worker.beforeApplicationShutdown();
    await aborted.opened;
    sync.cloudlink.before = () => undefined;
    expect(await sync.syncRuns.get(connectorId, runId)).toMatchObject({ state: 'running', error: null });
    expect(await sync.attempt('next')).toMatchObject({ runId, state: 'succeeded', counts: { read: 30, created: 30 } });
  });
});

describe('the schedule', () => {
  let sync: SyncHarness;
  beforeEach(async () => {
    sync = await SyncHarness.open();
  });
  afterEach(() => sync.close());

  it('enqueues due connectors once, whoever looks, and spreads the next time', async () => {
    const due = await sync.connector();
    const pending = await sync.connector({ state: 'pending' });
    await sync.connector();
    await sync.database.query('update connectors set next_sync_at = null where connector_id = any($1)', [
      [due, pending],
    ]);
    await Promise.all([1, 2, 3].map(() => sync.due.enqueueAll()));
    const { rows } = await sync.database.query('select connector_id, trigger, state from sync_runs');
    expect(rows).toEqual([{ connector_id: due, trigger: 'connect', state: 'queued' }]);
    const next = await sync.database.query<{ s: number }>(
      `select extract(epoch from next_sync_at - now())::float as s from connectors where connector_id = $1`,
      [due],
    );
    expect(next.rows[0]?.s).toBeGreaterThan(535);
    expect(next.rows[0]?.s).toBeLessThan(665);
    sync.fill(1);
    await sync.attempt();
    await sync.database.query('update connectors set next_sync_at = now()');
    await sync.due.enqueueAll();
    const triggers = await sync.database.query<{ trigger: string }>(
      `select trigger from sync_runs where state = 'queued' order by trigger`,
    );
    expect(triggers.rows.map((row) => row.trigger)).toEqual(['connect', 'schedule']);
    expect((await sync.syncRuns.list(pending, { limit: 5 })).items).toEqual([]);
  });

  it.each([
    ['pending', 'connector_not_active'],
    ['disconnected', 'connector_not_active'],
    ['reauthorization_required', 'reauthorization_required'],
  ])('refuses to sync a connector that is %s', async (state, code) => {
    const connectorId = await sync.connector({ state });
    await expect(sync.syncRuns.enqueue(connectorId, 'manual')).rejects.toMatchObject({ code });
  });

  it('pages through runs newest first', async () => {
    const connectorId = await sync.connector();
    sync.fill(1);
    const ids: string[] = [];
    for (let i = 0; i < 5; i += 1) ids.unshift((await sync.sync(connectorId)).runId);
    const first = await sync.syncRuns.list(connectorId, { limit: 2 });
    const second = await sync.syncRuns.list(connectorId, { limit: 2, cursor: first.nextCursor ?? '' });
    const third = await sync.syncRuns.list(connectorId, { limit: 2, cursor: second.nextCursor ?? '' });
    expect([...first.items, ...second.items, ...third.items].map((run) => run.runId)).toEqual(ids);
    expect(third.nextCursor).toBeNull();
    await expect(sync.syncRuns.list(connectorId, { limit: 2, cursor: 'nonsense' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
    const foreign = await sync.connector();
    await expect(sync.syncRuns.list(foreign, { limit: 2, cursor: first.nextCursor ?? '' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});
