import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import {
  Logger as WorkerLogger,
  parseCronItems,
  run,
  type ParsedCronItem,
  type Runner,
  type WorkerEvents,
} from 'graphile-worker';
import { Pool } from 'pg';
import type { Logger } from '../logging/logger';
import { DeadWorkers, type DeadWorkersOptions } from './dead-workers';
import { toTaskList } from './task-list';
import { LANES, type Lane, type TaskRegistry } from './task-registry';
import { reasonOf } from '../errors/reason-of';

/** Jobs at once in this process. They wait for providers most of the time. */
const SLOTS: Record<Lane, number> = { short: 6, long: 4 };
/** Each lane listens on one connection; fetching and ending a job takes a millisecond on one of the others. */
const POOL = LANES.length + 4;
/** Others' jobs are heard of by NOTIFY; this is for those whose time has come. */
const POLL_MS = 1_000;
const STOP_LIMIT_MS = 8_000;
const RESTART_MS = 1_000;

export interface QueueWorkerOptions {
  /** Jobs of the lane `long` at once (default 4). */
  longSlots?: number;
  deadWorkers?: DeadWorkersOptions;
}

/**
 * Works on jobs, beside any number of workers in other processes. What happens to a job on
 *   a throw: it waits e^attempt seconds and is tried again, in the end it stays as a dead letter and is logged as ERROR;
 *   SIGTERM: it may end within 5 s, then its signal aborts and it is given back; that of a long job aborts at once;
 *   SIGKILL: another worker, or this one after its restart, takes it up again within ten seconds (dead-workers.ts);
 *   power cut, frozen process: within half a minute.
 */
export class QueueWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly runners = new Map<Lane, Runner>();
  private readonly stopping = new AbortController();
  private readonly deadWorkers: DeadWorkers;
  private isStopping = false;
  private pool: Pool | undefined;

  constructor(
    private readonly databaseUrl: string,
    private readonly tasks: TaskRegistry,
    private readonly logger: Logger,
    private readonly options: QueueWorkerOptions = {},
  ) {
    this.deadWorkers = new DeadWorkers(databaseUrl, logger, options.deadWorkers);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.deadWorkers.start();
    const pool = this.openPool();
    this.pool = pool;
    for (const lane of LANES) if (this.tasks.of(lane).length > 0) await this.keepLane(lane, pool);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    const runners = [...this.runners.values()];
    const stopped = runners.map((runner) =>
      runner.stop().catch((error: unknown) => {
        this.logger.warn({ reason: reasonOf(error) }, 'the job worker did not stop in order');
      }),
    );
    // No runner takes a job any more: what a long one lets go of is for others.
    this.stopping.abort(new Error('the worker is shutting down'));
    const ended = Promise.all(stopped).then(() => Promise.allSettled(runners.map(({ promise }) => promise)));
    const limit = sleep(STOP_LIMIT_MS, undefined, { ref: false });
    // Longer than any job may take that listens to its signal; those that do not are taken up by others.
    await Promise.race([ended, limit]);
    // A connection that was still open when the embedded database stops would end the process with an error.
    const pool = this.pool;
    this.pool = undefined;
    await Promise.race([pool?.end(), limit]);
    await this.deadWorkers.close();
  }

  /** The library ends when it cannot even tell the database what a job came to. The program goes on, and so must its lanes. */
  private async keepLane(lane: Lane, pool: Pool): Promise<void> {
    let name: string | undefined;
    const events = new EventEmitter() as WorkerEvents;
    events.on('pool:create', ({ workerPool }) => (name = workerPool.id));
    const runner = await this.runLane(lane, pool, events);
    this.runners.set(lane, runner);
    const again = async (error?: unknown): Promise<void> => {
      this.runners.delete(lane);
      if (this.isStopping) return;
      this.logger.warn({ lane, reason: reasonOf(error) }, 'the job worker has ended, it starts again');
      await sleep(RESTART_MS, undefined, { ref: false });
      await this.startAgain(lane, pool, name).catch(again);
    };
    void runner.promise.then(() => again('no reason given'), again);
  }

  private async startAgain(lane: Lane, pool: Pool, name: string | undefined): Promise<void> {
    if (this.isStopping) return;
    if (name !== undefined) await this.deadWorkers.giveUp(name);
    await this.keepLane(lane, pool);
  }

  private runLane(lane: Lane, pgPool: Pool, events: WorkerEvents): Promise<Runner> {
    return run({
      events,
      pgPool,
      concurrency: lane === 'long' ? (this.options.longSlots ?? SLOTS.long) : SLOTS[lane],
      pollInterval: POLL_MS,
      noHandleSignals: true,
      taskList: toTaskList(this.tasks.of(lane), this.logger, lane === 'long' ? this.stopping.signal : undefined),
      parsedCronItems: lane === 'short' ? this.cronItems() : [],
      preset: {
        plugins: [
          {
            name: 'names-first',
            version: '1.0.0',
            worker: {
              hooks: {
                // Jobs are locked in the name of the pool, not of the single worker in it, and none before it is held.
                startWorker: (_context, { worker }) => this.deadWorkers.hold(worker.workerPool.id),
              },
            },
          },
        ],
        // Without a delay (0 counts) nobody listens to how the end of a job is stored: when the database is away just
        // then, the process would end with an unhandled rejection. So it is the lane that ends.
        worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 },
      },
      logger: quiet(this.logger),
    });
  }

  private cronItems(): ParsedCronItem[] {
    return parseCronItems(
      this.tasks.periodic().map((task) => ({
        task,
        match: '* * * * *',
        identifier: task,
        // One waiting is enough, however long the program was down.
        options: { backfillPeriod: 0, jobKey: `every-minute/${task}`, maxAttempts: 1 },
      })),
    );
  }

  private openPool(): Pool {
    const pool = new Pool({
      connectionString: this.databaseUrl,
      max: POOL,
      application_name: 'zoom-cloudlink-connector queue',
    });
    // As in Database: a connection that is lost must not end the process, idle or not.
    pool.on('error', (error) => this.logger.warn({ reason: error.message }, 'database connection lost'));
    pool.on('connect', (client) => client.on('error', () => undefined));
    return pool;
  }
}

/** The library's own lines are for whoever debugs the queue; what a job came to is logged above. */
function quiet(logger: Logger): WorkerLogger {
  return new WorkerLogger(() => (level, message) => {
    if (String(level) === 'warning') logger.debug({ message }, 'queue');
  });
}
