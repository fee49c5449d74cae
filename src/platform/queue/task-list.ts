import type { Task, TaskList } from 'graphile-worker';
import { AppError } from '../errors/app-error';
import type { Logger } from '../logging/logger';
import { withTraces } from '../remote/trace-scope';
import { JobTakenOver } from './job-taken-over';
import type { TaskHandler } from './task-registry';
import { reasonOf } from '../errors/reason-of';

/** Our handlers as the library calls them. `stopping`, where given, aborts a job as soon as the shutdown begins. */
export function toTaskList(
  handlers: readonly [task: string, handler: TaskHandler][],
  logger: Logger,
  stopping?: AbortSignal,
): TaskList {
  return Object.fromEntries(handlers.map(([task, handler]) => [task, toTask(task, handler, logger, stopping)]));
}

function toTask(task: string, handler: TaskHandler, logger: Logger, stopping: AbortSignal | undefined): Task {
  return async (payload, { job, abortSignal }) => {
    const { attempts, max_attempts: most, id } = job;
    const isLastAttempt = attempts >= most;
    const signals = [abortSignal, stopping].flatMap((signal) => signal ?? []);
    try {
      const given = isRecord(payload) ? payload : {};
      const signal = AbortSignal.any(signals);
      await withTraces(() => handler(given, { jobId: id, signal, attempt: attempts, isLastAttempt }));
    } catch (error) {
      logFailure(error, { task, job: id, attempt: attempts, reason: reasonOf(error) }, isLastAttempt, logger);
      // The library keeps the message in its table.
      throw new Error(reasonOf(error), { cause: error });
    }
  };
}

function logFailure(error: unknown, facts: object, isLastAttempt: boolean, logger: Logger): void {
  if (error instanceof JobTakenOver) return logger.warn(facts, 'job was taken over by another worker');
  const isOurs = error instanceof AppError && error.retryable;
  const details = isOurs ? facts : { ...facts, err: error };
  if (isLastAttempt) logger.error(details, 'job failed for good');
  else logger.warn(details, 'job failed, it is tried again');
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
