import { ENQUEUE_DUE_SYNC, enqueueDueSyncJob } from '../connector/connector-jobs';
import type { Queryable } from '../platform/database/database';
import { Queue } from '../platform/queue/queue';

/** Works on the open run of a connector for one slice: `{connectorId}`. */
export const SYNC = 'sync';
/** Looks which connectors are due. */
export const ENQUEUE_DUE_SYNCS = 'enqueue-due-syncs';
/** Gives a job to runs that have none. */
export const ADOPT_RUNS = 'adopt-sync-runs';

/** One job per connector: without a queue name, because the library locks all free queues whenever it looks for a job. */
export const SYNC_KEY = 'sync/';

/** A run that is open needs a job: to be called in the transaction that opens the run. */
export async function addSyncJob(connectorId: string, transaction: Queryable, seconds = 0): Promise<void> {
  const when = seconds === 0 ? {} : { runAfterSeconds: seconds };
  await new Queue(transaction).add(SYNC, { connectorId }, { jobKey: SYNC_KEY + connectorId, ...when }, transaction);
}

/** The job in hand ends, and the rest of the run goes to the back of the queue: in the transaction that lets go of the run. */
export async function goOnLater(
  job: { jobId: string; connectorId: string; seconds: number },
  transaction: Queryable,
): Promise<void> {
  await new Queue(transaction).end(job.jobId, transaction);
  await addSyncJob(job.connectorId, transaction, job.seconds);
}

/** A look at one connector when its next sync becomes due: to be called where that changes to soon. */
export async function addDueJob(connectorId: string, seconds: number, via: Queryable): Promise<void> {
  const options = { ...enqueueDueSyncJob(connectorId), runAfterSeconds: Math.max(0, seconds) };
  await new Queue(via).add(ENQUEUE_DUE_SYNC, { connectorId }, options, via);
}
