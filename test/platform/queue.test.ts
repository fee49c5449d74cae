import { randomUUID } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { from } from 'pg-copy-streams';
import pino from 'pino';
import { CHECK_GRANT, checkGrantJob, renewGrantJob } from '../../src/oauth/grant-jobs';
import { Database } from '../../src/platform/database/database';
import { DeadWorkers } from '../../src/platform/queue/dead-workers';
import { EmptyQueues } from '../../src/platform/queue/empty-queues';
import { Queue } from '../../src/platform/queue/queue';
import { QueueWorker } from '../../src/platform/queue/queue-worker';
import { TaskRegistry, type Lane, type TaskHandler } from '../../src/platform/queue/task-registry';
import { until } from '../support/program';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const logger = pino({ level: 'silent' });

/** The queue on a real PostgreSQL, with real workers. */
describe('the job queue', () => {
  let place: TestDatabase;
  let database: Database;
  let queue: Queue;
  const workers: QueueWorker[] = [];
  let child: ChildProcess | undefined;

  beforeEach(async () => {
    place = await createTestDatabase();
    database = new Database(place.url, { max: 4 });
    queue = new Queue(database);
  });
  afterEach(async () => {
    child?.kill('SIGKILL');
    for (const worker of workers.splice(0)) await worker.beforeApplicationShutdown();
    await database.close();
    await place.drop();
  });

  async function work(
    task: string,
    handler: TaskHandler,
    others: [string, TaskHandler, Lane][] = [],
  ): Promise<QueueWorker> {
    const tasks = new TaskRegistry();
    tasks.register(task, handler);
    for (const other of others) tasks.register(...other);
    const worker = new QueueWorker(place.url, tasks, logger);
    await worker.onApplicationBootstrap();
    workers.push(worker);
    return worker;
  }

  it('does what a committed transaction asked for, and not what a rolled back one did', async () => {
    const done: unknown[] = [];
    await work('note', async ({ word }) => void done.push(word));
    await database.transaction((transaction) => queue.add('note', { word: 'kept' }, {}, transaction));
    await database
      .transaction(async (transaction) => {
        await queue.add('note', { word: 'lost' }, {}, transaction);
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    await queue.add('note', { word: 'last' });
    await until('both jobs', async () => (done.includes('kept') && done.includes('last') ? true : undefined));
    expect(done).not.toContain('lost');
  });

  it('keeps the jobs of one queue apart in time, in two workers together, and merges what waits under one key', async () => {
    let inside = 0;
    let most = 0;
    const seen: unknown[] = [];
    const handler: TaskHandler = async ({ n }) => {
      inside += 1;
      most = Math.max(most, inside);
      seen.push(n);
      await new Promise((resolve) => setTimeout(resolve, 20));
      inside -= 1;
    };
    for (let n = 0; n < 8; n += 1) await queue.add('one-by-one', { n }, { queueName: 'q' });
    for (let n = 10; n < 15; n += 1) await queue.add('one-by-one', { n }, { queueName: 'q', jobKey: 'same' });
    await work('one-by-one', handler);
    await work('one-by-one', handler);
    await until('all jobs', async () => (seen.length >= 9 ? true : undefined));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(most).toBe(1);
    expect([...seen].sort()).toEqual([0, 1, 14, 2, 3, 4, 5, 6, 7]);
  });

  it('loses no job whose key’s waiting one is taken at this very moment', async () => {
    await queue.add('note', { n: 1 }, { jobKey: 'k' });
    const worker = new Database(place.url, { max: 1 });
    let added: Promise<void> | undefined;
    await worker.transaction(async (transaction) => {
      await transaction.query(
        `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'worker' where key = 'k'`,
      );
      added = queue.add('note', { n: 2 }, { jobKey: 'k' });
      // It has looked for jobs that are being worked on, found none, and waits for this row.
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    await added;
    await worker.close();
    const { rows } = await database.query<{ payload: object; job_queue_id: number }>(
      'select payload from graphile_worker._private_jobs where locked_at is null and attempts < max_attempts',
    );
    expect(rows).toEqual([{ payload: { n: 2 } }]);
  });

  it('tries again after a throw, and leaves a dead letter when it has tried often enough', async () => {
    let tries = 0;
    await work('fail', async () => {
      tries += 1;
      throw new Error('no luck');
    });
    await queue.add('fail', {}, { maxAttempts: 2 });
    const { attempts, last_error: error } = await until('the dead letter', async () => {
      const { rows } = await database.query<{ attempts: number; last_error: string }>(
        'select attempts, last_error from graphile_worker.jobs where attempts >= max_attempts',
      );
      return rows[0]?.last_error === undefined || rows[0].last_error === null ? undefined : rows[0];
    });
    expect([tries, attempts]).toEqual([2, 2]);
    expect(error).toContain('no luck');
  });

  it.each<[busy: string, free: string, jobs: number]>([
    ['long', 'short', 20],
    ['short', 'long', 20],
  ])('lets jobs of the lane %s, however many, not keep those of the lane %s waiting', async (busy, free, jobs) => {
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    let waiting = 0;
    const hang: TaskHandler = () => {
      waiting += 1;
      return gate;
    };
    const done: unknown[] = [];
    const note: TaskHandler = async () => void done.push('done');
    await work('short', busy === 'short' ? hang : note, [['long', busy === 'long' ? hang : note, 'long']]);
    for (let n = 0; n < jobs; n += 1) await queue.add(busy, { n });
    await until('all slots to be taken', async () => (waiting >= 4 ? true : undefined));
    await queue.add(free, {});
    await until('the other job', async () => (done.length > 0 ? true : undefined), 5_000);
    expect(waiting).toBeLessThanOrEqual(6);
    open();
  });

  it('tells a long job at once that the process shuts down, and takes up no other one', async () => {
    const seen: string[] = [];
    const handler: TaskHandler = async (_payload, { jobId, signal }) => {
      seen.push(jobId);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      await database.transaction(async (transaction) => {
        await queue.end(jobId, transaction);
        await queue.add('long', {}, { jobKey: 'k' }, transaction);
      });
    };
    const worker = await work('other', async () => undefined, [['long', handler, 'long']]);
    await queue.add('long', {}, { jobKey: 'k' });
    await until('the job', async () => (seen.length > 0 ? true : undefined));
    const began = performance.now();
    await worker.beforeApplicationShutdown();
    expect(performance.now() - began).toBeLessThan(4_000);
    const { rows } = await database.query<{ id: string; locked_by: string | null; attempts: number }>(
      'select id, locked_by, attempts from graphile_worker._private_jobs',
    );
    expect(rows).toEqual([{ id: expect.any(String) as string, locked_by: null, attempts: 0 }]);
    expect(seen).not.toContain(rows[0]?.id);
  });

  it('takes up no job before its name is held', async () => {
    let isHeld = false;
    const taken: unknown[] = [];
    const look = async (name: string): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      // Another lane has a name of its own, and may have the job by now.
      const { rows } = await database.query('select 1 from graphile_worker.jobs where locked_by = $1', [name]);
      taken.push(...rows);
      isHeld = true;
    };
    // As the real one: all slots of a lane wait for one promise.
    const held = new Map<string, Promise<void>>();
    const hold = jest.spyOn(DeadWorkers.prototype, 'hold').mockImplementation((name) => {
      const holding = held.get(name) ?? look(name);
      held.set(name, holding);
      return holding;
    });
    await queue.add('note', {});
    const done: unknown[] = [];
    await work('note', async () => void done.push(isHeld));
    await until('the job', async () => (done.length > 0 ? true : undefined));
    hold.mockRestore();
    expect([done, taken]).toEqual([[true], []]);
    expect([...held.keys()]).toEqual([...held.keys()].map(() => expect.stringMatching(/^pool-/) as string));
    expect(held.size).toBeGreaterThan(0);
  });

  it('forgets queues that are empty, never one in which a job waits or is being added', async () => {
    const rows = async (): Promise<number> =>
      (await database.query('select 1 from graphile_worker._private_job_queues')).rows.length;
    const done: unknown[] = [];
    const emptyQueues = new EmptyQueues(new TaskRegistry(), database);
    for (let n = 0; n < 20; n += 1) await queue.add('note', { n }, { queueName: `user/${n}` });
    await queue.add('later', {}, { queueName: 'waiting', runAfterSeconds: 600 });
    const worker = await work('note', async ({ n }) => void done.push(n));
    await until('the jobs', async () => (done.length === 20 ? true : undefined));
    await until('their end', async () =>
      (await database.query('select 1 from graphile_worker.jobs')).rows.length === 1 ? true : undefined,
    );
    expect(await rows()).toBe(21);
    await database.transaction(async (transaction) => {
      await queue.add('note', { n: 'last' }, { queueName: 'user/0' }, transaction);
      expect(await emptyQueues.forget()).toBe(0);
    });
    await until('the last one', async () => (done.includes('last') ? true : undefined));
    await worker.beforeApplicationShutdown();
    expect(await emptyQueues.forget()).toBe(20);
    expect(await rows()).toBe(1);
  });

  it('still counts as living after the connection was lost that says so', async () => {
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    await work('last', () => ended);
    await queue.add('last', {});
    await until('the job to be taken', async () => {
      const { rows } = await database.query('select 1 from graphile_worker.jobs where locked_by is not null');
      return rows.length > 0 ? true : undefined;
    });
    const graveyard = new DeadWorkers(place.url, logger, { unheldSeconds: 4 });
    const { rowCount } = await database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'zoom-cloudlink-connector workers' and datname = current_database()`,
    );
    expect(rowCount).toBe(1);
    let dead = 0;
    for (let n = 0; n < 60; n += 1) {
      dead += await graveyard.release();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await graveyard.close();
    end();
    expect(dead).toBe(0);
  });

  it('ends a session that stands still in the middle of a COPY and keeps others waiting, and no other one', async () => {
    const [frozen, slow] = [new Database(place.url, { max: 1 }), new Database(place.url, { max: 1 })];
    const graveyard = new DeadWorkers(place.url, logger, { beatMs: 200, silentSeconds: 1 });
    await database.query('create table copied (n int)');
    /** A COPY whose rows do not come. @returns how it ends */
    const copy = (via: Database, isHeld: () => void): Promise<unknown> =>
      via
        .transaction(async (transaction) => {
          await transaction.query('select from copied where n = $1 for update', [via === frozen ? 1 : 2]);
          const stream = transaction.query(from('copy copied from stdin'));
          stream.write('3\n');
          isHeld();
          await (via === slow ? goOn.then(() => stream.end()) : undefined);
          await finished(stream);
        })
        .then(
          () => 'done',
          () => 'ended',
        );
    let end = (): void => undefined;
    const goOn = new Promise<void>((resolve) => (end = resolve));
    try {
      await database.query('insert into copied values (1), (2)');
      const endings: Promise<unknown>[] = [];
      for (const via of [frozen, slow]) await new Promise<void>((resolve) => endings.push(copy(via, resolve)));
      await graveyard.start();
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      // Nobody was kept waiting yet.
      expect((await database.query('select from copied')).rowCount).toBe(2);
      const waiting = database.query('select n from copied where n = 1 for update');
      expect((await waiting).rows).toEqual([{ n: 1 }]);
      end();
      expect(await Promise.all(endings)).toEqual(['ended', 'done']);
      expect((await database.query('select n from copied order by n')).rows).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    } finally {
      end();
      await graveyard.close();
      for (const one of [frozen, slow]) await one.close();
    }
  });

  it('takes up the job of a worker that was killed, and leaves the jobs of living workers alone', async () => {
    const name = randomUUID();
    await queue.add('hang', { name });
    const killed = (child = spawn(process.execPath, [join(__dirname, 'hanging-worker.cjs'), place.url], {
      stdio: ['ignore', 'pipe', 'ignore'],
    }));
    await new Promise<void>((resolve) => killed.stdout.once('data', () => resolve()));
    const done: unknown[] = [];
    // The other one lives: its job stays its own, although a worker starts and looks for dead ones.
    await work('hang', async (payload) => void done.push(payload['name']));
    await new Promise((resolve) => setTimeout(resolve, 7_000));
    expect(done).toEqual([]);
    killed.kill('SIGKILL');
    await until('the job of the killed worker', async () => (done.length > 0 ? true : undefined), 12_000);
    expect(done).toEqual([name]);
  });

  it('takes up the job of a worker whose connection stands, but who has said nothing for long', async () => {
    await queue.add('hang', { name: 'x' });
    const frozen = (child = spawn(process.execPath, [join(__dirname, 'hanging-worker.cjs'), place.url], {
      stdio: ['ignore', 'pipe', 'ignore'],
    }));
    await new Promise<void>((resolve) => frozen.stdout.once('data', () => resolve()));
    frozen.kill('SIGSTOP');
    const graveyard = new DeadWorkers(place.url, logger, { unheldSeconds: 1, silentSeconds: 4 });
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(await graveyard.release()).toBe(0);
    await until(
      'the silence to be long enough',
      async () => ((await graveyard.release()) > 0 ? true : undefined),
      9_000,
    );
    await graveyard.close();
    const { rows } = await database.query('select locked_by from graphile_worker.jobs');
    expect(rows).toEqual([{ locked_by: null }]);
  });

  it('keeps a look that renews a grant when the daily one comes while it waits', async () => {
    const look = { connectorId: 'c', grantId: 'g' };
    await queue.add(CHECK_GRANT, { ...look, renew: true }, { ...renewGrantJob('g'), runAfterSeconds: 600 });
    await queue.add(CHECK_GRANT, look, checkGrantJob('g'));
    await queue.add(CHECK_GRANT, look, checkGrantJob('g'));
    const { rows } = await database.query<{ payload: object; job_queue_id: number }>(
      'select payload, job_queue_id from graphile_worker._private_jobs order by id',
    );
    expect(rows.map(({ payload }) => payload)).toEqual([{ ...look, renew: true }, look]);
    // Never both at once.
    expect(rows[0]?.job_queue_id).toBe(rows[1]?.job_queue_id);
  });
});
