import type { Queryable } from '../database/database';

export interface JobOptions {
  /** Jobs of one queue are worked on one after the other, in every process together. */
  queueName?: string;
  /** At most one waiting job has this key: a later one takes its place. One that is being worked on is not touched. */
  jobKey?: string;
  /** By the clock of the database. */
  runAfterSeconds?: number;
  /** How often it is tried before it stays as a dead letter (default 25, about three days with the growing pauses). */
  maxAttempts?: number;
}

/** Each one lets the job of the same key be taken up by a worker once more. */
const ATTEMPTS = 3;

/**
 * Background work that waits in PostgreSQL (graphile-worker, docs/decisions/0008): it is there when the transaction
 * that asked for it is, survives `kill -9`, and is tried again with growing pauses. Payloads hold ids, never secrets:
 * they stand in the clear in the table.
 */
export class Queue {
  constructor(private readonly database: Queryable) {}

  /** Takes part in the caller's transaction when one is handed in. */
  async add(task: string, payload: object, options: JobOptions = {}, via: Queryable = this.database): Promise<void> {
    // A worker may take the waiting job of this key between two statements of the library, which then stores nothing
    // and says so with an empty row. The second time it sees that the job is being worked on, and adds another one.
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      if (await this.addOnce(task, payload, options, via)) return;
    }
    throw new Error(`a job of the task "${task}" could not be stored`);
  }

  /**
   * Takes the job in hand out of the queue in the caller's transaction, so that what comes after it (a job for the rest
   * of the work, above all) exists exactly when it does not. The library, which has no such call, then finds nothing left
   * to do. Not for jobs of a named queue: it would stay locked.
   */
  async end(jobId: string, via: Queryable = this.database): Promise<void> {
    await via.query({
      name: 'queue-end-job',
      text: 'delete from graphile_worker._private_jobs where id = $1 and job_queue_id is null',
      values: [jobId],
    });
  }

  private async addOnce(task: string, payload: object, options: JobOptions, via: Queryable): Promise<boolean> {
    const { rows } = await via.query<{ id: string | null }>({
      name: 'queue-add-job',
      text: `select id from graphile_worker.add_job($1, payload := $2::json, queue_name := $3, job_key := $4, max_attempts := $5,
               run_at := case when $6::float8 is null then null else clock_timestamp() + make_interval(secs => $6) end)`,
      values: [
        task,
        JSON.stringify(payload),
        options.queueName ?? null,
        options.jobKey ?? null,
        options.maxAttempts ?? null,
        options.runAfterSeconds ?? null,
      ],
    });
    return (rows[0]?.id ?? null) !== null;
  }
}
