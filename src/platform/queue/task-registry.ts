/** What a task is told of the job in hand. */
export interface JobContext {
  jobId: string;
  /** Aborts when the process shuts down. */
  signal: AbortSignal;
  /** 1 at the first try. */
  attempt: number;
  /** Nobody will try again after this one. */
  isLastAttempt: boolean;
}

/** Throws to be tried again later; whatever it does must be harmless when it is done twice. */
export type TaskHandler = (payload: Record<string, unknown>, job: JobContext) => Promise<void>;

/**
 * Jobs of one lane never wait for a slot behind those of the other. `short`: milliseconds to seconds, and somebody
 * waits for it. `long`: slices of work that goes on for minutes; its jobs are told at once that the process shuts down.
 */
export const LANES = ['short', 'long'] as const;
export type Lane = (typeof LANES)[number];

const NAME = /^[a-z][a-z-]{1,48}$/;

/** Which code works on which task. Modules register while the program starts, before the worker does. */
export class TaskRegistry {
  private readonly handlers = new Map<string, { handler: TaskHandler; lane: Lane }>();
  private readonly everyMinute = new Set<string>();

  /** @throws Error when two pieces of code claim one task */
  register(task: string, handler: TaskHandler, lane: Lane = 'short'): void {
    if (!NAME.test(task) || this.handlers.has(task)) throw new Error(`the task "${task}" cannot be registered (again)`);
    this.handlers.set(task, { handler, lane });
  }

  /** The same, and one process of all puts a job of it into the queue every minute. What is due then stands in rows. */
  registerEveryMinute(task: string, handler: TaskHandler): void {
    this.register(task, handler);
    this.everyMinute.add(task);
  }

  of(lane: Lane): [task: string, handler: TaskHandler][] {
    return [...this.handlers].flatMap(([task, of]) => (of.lane === lane ? [[task, of.handler]] : []));
  }

  periodic(): readonly string[] {
    return [...this.everyMinute];
  }
}
