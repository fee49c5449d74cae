import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import {
  Logger as WorkerLogger,
  parseCronItems,
  run,
  type Runner,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import { AppError } from '../errors/app-error';
import type { Logger } from '../logging/logger';
import { withTraces } from '../remote/trace-scope';
import { DeadWorkers } from './dead-workers';
import type { TaskRegistry } from './task-registry';

/** Jobs at once in this process. They wait for providers most of the time. */
const CONCURRENCY = 6;
/** Others' jobs are heard of by NOTIFY; this is for those whose time has come. */
const POLL_MS = 1_000;
const STOP_LIMIT_MS = 8_000;

/**
 * Works on jobs, beside any number of workers in other processes. What happens to a job on
 *   a throw: it waits e^attempt seconds and is tried again, in the end it stays as a dead letter and is logged as ERROR;
 *   SIGTERM: it may end within 5 s, then its signal aborts and it is given back;
 *   SIGKILL: another worker takes it up again within a minute or two (dead-workers.ts).
 */
export class QueueWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private runner: Runner | undefined;
  private readonly deadWorkers: DeadWorkers;

  constructor(
    private readonly databaseUrl: string,
    private readonly tasks: TaskRegistry,
    private readonly logger: Logger,
  ) {
    this.deadWorkers = new DeadWorkers(databaseUrl, logger);
  }

  async onApplicationBootstrap(): Promise<void> {
    const names: string[] = [];
    const events = new EventEmitter() as WorkerEvents;
    // Jobs are locked in the name of the pool, not of the single worker in it.
    events.on('pool:create', ({ workerPool }) => names.push(workerPool.id));
    this.tasks.registerEveryMinute('tend-the-queue', async () => {
      await this.deadWorkers.release();
    });
    this.runner = await run({
      events,
      connectionString: this.databaseUrl,
      concurrency: CONCURRENCY,
      maxPoolSize: CONCURRENCY + 2,
      pollInterval: POLL_MS,
      noHandleSignals: true,
      taskList: this.taskList(),
      parsedCronItems: parseCronItems(
        this.tasks.periodic().map((task) => ({
          task,
          match: '* * * * *',
          identifier: task,
          // One waiting is enough, however long the program was down.
          options: { backfillPeriod: 0, jobKey: `every-minute/${task}`, maxAttempts: 1 },
        })),
      ),
      logger: quiet(this.logger),
    });
    await this.deadWorkers.holdNames(names);
    await this.deadWorkers.release();
    // Without this a lost connection of the library would be an unhandled rejection.
    this.runner.promise.catch((error: unknown) =>
      this.logger.error({ reason: reasonOf(error) }, 'the job worker has ended'),
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.runner?.stop().catch((error: unknown) => {
      this.logger.warn({ reason: reasonOf(error) }, 'the job worker did not stop in order');
    });
    // Its connections are given back only after that. One that was still open when the embedded database stops would
    // end the process with an error that nobody listens to.
    const limit = sleep(STOP_LIMIT_MS, undefined, { ref: false });
    await Promise.race([this.runner?.promise.catch(() => undefined), limit]);
    await this.deadWorkers.close();
  }

  private taskList(): TaskList {
    const list: TaskList = {};
    for (const [task, handler] of this.tasks.all()) {
      list[task] = async (payload, helpers): Promise<void> => {
        const { attempts, max_attempts: most, id } = helpers.job;
        const isLastAttempt = attempts >= most;
        try {
          const signal = helpers.abortSignal ?? new AbortController().signal;
          const given = isRecord(payload) ? payload : {};
          await withTraces(() => handler(given, { signal, attempt: attempts, isLastAttempt }));
        } catch (error) {
          const facts = { task, job: id, attempt: attempts, reason: reasonOf(error) };
          const isOurs = error instanceof AppError && error.retryable;
          const details = isOurs ? facts : { ...facts, err: error };
          if (isLastAttempt) this.logger.error(details, 'job failed for good');
          else this.logger.warn(details, 'job failed, it is tried again');
          // The library keeps the message in its table.
          throw new Error(reasonOf(error), { cause: error });
        }
      };
    }
    return list;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function reasonOf(error: unknown): string {
  if (error instanceof AppError) return `${error.message}${error.detail === undefined ? '' : ` (${error.detail})`}`;
  return error instanceof Error ? error.message : String(error);
}

/** The library's own lines are for whoever debugs the queue; what a job came to is logged above. */
function quiet(logger: Logger): WorkerLogger {
  return new WorkerLogger(() => (level, message) => {
    if (String(level) === 'warning') logger.debug({ message }, 'queue');
  });
}
