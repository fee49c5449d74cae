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

/**
 * Background work that waits in PostgreSQL (graphile-worker, docs/decisions/0008): it is there when the transaction
 * that asked for it is, survives `kill -9`, and is tried again with growing pauses. Payloads hold ids, never secrets:
 * they stand in the clear in the table.
 */
export class Queue {
  constructor(private readonly database: Queryable) {}

  /** Takes part in the caller's transaction when one is handed in. */
  async add(task: string, payload: object, options: JobOptions = {}, via: Queryable = this.database): Promise<void> {
    await via.query({
      name: 'queue-add-job',
      text: `select from graphile_worker.add_job($1, payload := $2::json, queue_name := $3, job_key := $4, max_attempts := $5,
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
  }
}
