import { randomUUID } from 'node:crypto';
import type { Clock } from '../platform/clock/clock';
import type { AlertConfig } from '../platform/config/config';
import type { Queryable } from '../platform/database/database';
import type { Queue } from '../platform/queue/queue';
import type { NewAlert } from './alert-kinds';
import { addDeliveryJob, LOG_ALERT } from './alert-jobs';
import { planDestinations, type Destination } from './plan-destinations';

/**
 * Where everything that people must hear of goes: written in the transaction that makes it true, sent afterwards.
 * The log line is a job as well. A callback after the commit would be lost by a process that is killed between the two,
 * and by a command of the CLI; a job is there exactly when the alert is, and one process of all takes it.
 */
export class Alerts {
  constructor(
    private readonly clock: Clock,
    private readonly queue: Queue,
    private readonly config: AlertConfig,
  ) {}

  async raise(alert: NewAlert, transaction: Queryable): Promise<void> {
    const { connectorId } = alert;
    const alertId = randomUUID();
    await transaction.query(
      `insert into alerts (connector_id, alert_id, kind, provider, grant_id, reason, details, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        connectorId,
        alertId,
        alert.kind,
        alert.provider ?? null,
        alert.grantId ?? null,
        alert.reason ?? null,
        JSON.stringify(alert.details ?? {}),
        this.clock.now(),
      ],
    );
    await this.queue.add(LOG_ALERT, { connectorId, alertId }, {}, transaction);
    for (const destination of await this.destinations(connectorId, transaction)) {
      if (destination.channel === 'email' && alert.byMail === false) continue;
      const key = { connectorId, alertId, deliveryId: randomUUID() };
      await this.addDelivery(key, destination, transaction);
      await addDeliveryJob(this.queue, key, destination.setBy, transaction);
    }
  }

  private async destinations(connectorId: string, via: Queryable): Promise<Destination[]> {
    const { rows } = await via.query<{ emails: string[]; webhookIds: string[] }>(
      `select alert_emails as emails, array(select webhook_id::text from alert_webhooks w
         where w.connector_id = c.connector_id order by w.created_at, w.webhook_id) as "webhookIds"
       from connectors c where connector_id = $1`,
      [connectorId],
    );
    return planDestinations(this.config, rows[0] ?? { emails: [], webhookIds: [] });
  }

  private async addDelivery(
    key: { connectorId: string; alertId: string; deliveryId: string },
    { channel, destination, setBy }: Destination,
    via: Queryable,
  ): Promise<void> {
    await via.query(
      `insert into alert_deliveries (connector_id, alert_id, delivery_id, channel, destination, set_by, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [key.connectorId, key.alertId, key.deliveryId, channel, destination, setBy, this.clock.now()],
    );
  }
}
