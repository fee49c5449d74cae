import type { Queryable } from '../../platform/database/database';
import { Queue } from '../../platform/queue/queue';

/** Works on the listing of a connector for one slice: `{connectorId}`. */
export const READ_ZOOM_PHONE = 'read-zoom-phone';
/** Looks for which connectors the list is due. */
export const ENQUEUE_ZOOM_PHONE = 'enqueue-zoom-phone';

/** One job per connector, without a queue name: see SYNC_KEY. */
export const ZOOM_PHONE_KEY = 'zoom-phone/';

export async function addZoomPhoneJob(connectorId: string, transaction: Queryable, seconds = 0): Promise<void> {
  const when = seconds === 0 ? {} : { runAfterSeconds: seconds };
  const options = { jobKey: ZOOM_PHONE_KEY + connectorId, ...when };
  await new Queue(transaction).add(READ_ZOOM_PHONE, { connectorId }, options, transaction);
}

/** The job in hand ends, and the rest goes to the back of the queue: in the transaction that lets go of the listing. */
export async function readOnLater(
  job: { jobId: string; connectorId: string; seconds: number },
  transaction: Queryable,
): Promise<void> {
  await new Queue(transaction).end(job.jobId, transaction);
  await addZoomPhoneJob(job.connectorId, transaction, job.seconds);
}
