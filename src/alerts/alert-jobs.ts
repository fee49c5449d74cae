import type { Queryable } from '../platform/database/database';
import type { Queue } from '../platform/queue/queue';

/** One alert into the log. */
export const LOG_ALERT = 'log-alert';
/** One alert to one place. */
export const DELIVER_ALERT = 'deliver-alert';
/** The ninth follows the first by 79 minutes: the queue waits e, e², … e⁸ seconds. */
export const DELIVERY_TRIES = 9;
/** A try that is cut off by `kill -9` counts too. These are left over so that somebody still writes down how it ended. */
const SPARE_TRIES = 5;

export interface DeliveryKey {
  connectorId: string;
  alertId: string;
  deliveryId: string;
}

export type SetBy = 'operator' | 'connector';

export function addDeliveryJob(queue: Queue, key: DeliveryKey, setBy: SetBy, via: Queryable): Promise<void> {
  return queue.add(
    DELIVER_ALERT,
    { connectorId: key.connectorId, alertId: key.alertId, deliveryId: key.deliveryId },
    {
      jobKey: `${DELIVER_ALERT}/${key.deliveryId}`,
      maxAttempts: DELIVERY_TRIES + SPARE_TRIES,
      // One after the other for what a connector has set: ten receivers that hang hold up one worker, not all of them.
      ...(setBy === 'connector' ? { queueName: `${DELIVER_ALERT}/${key.connectorId}` } : {}),
    },
    via,
  );
}
