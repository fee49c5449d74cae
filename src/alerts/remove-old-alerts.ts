import type { Clock } from '../platform/clock/clock';
import type { TaskHandler } from '../platform/queue/task-registry';
import type { DeliveryRepository } from './delivery/delivery.repository';

export const REMOVE_OLD_ALERTS = 'remove-old-alerts';
const KEPT_DAYS = 90;
/** Alerts name admins, so they do not stay for ever. Once an hour is often enough, and spares a scan each minute. */
const MINUTE_OF_THE_HOUR = 17;

/** Runs every minute, works in one of them. */
export function removeOldAlerts(deliveries: DeliveryRepository, clock: Clock): TaskHandler {
  return async () => {
    const now = clock.now();
    if (now.getUTCMinutes() !== MINUTE_OF_THE_HOUR) return;
    await deliveries.removeOlderThan(new Date(now.getTime() - KEPT_DAYS * 86_400_000));
  };
}
