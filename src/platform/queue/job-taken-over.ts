/**
 * The job is in the hands of another worker, because this one was taken for dead. To be thrown by a task that finds out:
 * a job that ends without an error is deleted by its id, whoever works on it now.
 */
export class JobTakenOver extends Error {
  constructor(cause: unknown) {
    super('the job is in the hands of another worker', { cause });
    this.name = 'JobTakenOver';
  }
}
