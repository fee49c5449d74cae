/** What a task is told of the job in hand. */
export interface JobContext {
  /** Aborts when the process shuts down. */
  signal: AbortSignal;
  /** 1 at the first try. */
  attempt: number;
  /** Nobody will try again after this one. */
  isLastAttempt: boolean;
}

/** Throws to be tried again later; whatever it does must be harmless when it is done twice. */
export type TaskHandler = (payload: Record<string, unknown>, job: JobContext) => Promise<void>;

const NAME = /^[a-z][a-z-]{1,48}$/;

/** Which code works on which task. Modules register while the program starts, before the worker does. */
export class TaskRegistry {
  private readonly handlers = new Map<string, TaskHandler>();
  private readonly everyMinute = new Set<string>();

  /** @throws Error when two pieces of code claim one task */
  register(task: string, handler: TaskHandler): void {
    if (!NAME.test(task) || this.handlers.has(task)) throw new Error(`the task "${task}" cannot be registered (again)`);
    this.handlers.set(task, handler);
  }

  /** The same, and one process of all puts a job of it into the queue every minute. What is due then stands in rows. */
  registerEveryMinute(task: string, handler: TaskHandler): void {
    this.register(task, handler);
    this.everyMinute.add(task);
  }

  all(): ReadonlyMap<string, TaskHandler> {
    return this.handlers;
  }

  periodic(): readonly string[] {
    return [...this.everyMinute];
  }
}
