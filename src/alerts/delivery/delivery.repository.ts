import type { Database, Queryable } from '../../platform/database/database';
import type { DeliveryKey } from '../alert-jobs';
import type { PendingDelivery } from './pending-delivery';

type Row = Omit<PendingDelivery, 'alert' | 'connector' | 'grant'> &
  PendingDelivery['alert'] &
  PendingDelivery['connector'] & { grantId: string | null; admin: string | null; role: string | null };

/** Deliveries and how far they have come. */
export class DeliveryRepository {
  constructor(private readonly database: Database) {}

  /** undefined: it has come to its end already, or its connector is gone. */
  async findPending({ connectorId, alertId, deliveryId }: DeliveryKey): Promise<PendingDelivery | undefined> {
    const { rows } = await this.database.query<Row>(
      `select d.channel, d.destination, d.set_by as "setBy", a.kind, a.provider, a.reason, a.details, a.at,
         c.name, c.state, c.zoom_account_id as "zoomAccountId", c.cloudlink_account_id as "cloudlinkAccountId",
         c.language, c.alert_emails as emails,
         a.grant_id as "grantId", nullif(g.subject_email, '') as admin, nullif(g.subject_role, '') as role,
         nullif(f.subject_email, '') as "formerAdmin",
         exists (select from grants o where o.connector_id = d.connector_id and o.provider = a.provider
           and o.state = 'active') as "hasActiveGrant"
       from alert_deliveries d
         join alerts a on a.connector_id = d.connector_id and a.alert_id = d.alert_id
         join connectors c on c.connector_id = d.connector_id
         left join grants g on g.connector_id = d.connector_id and g.grant_id = a.grant_id
         left join grants f on f.connector_id = d.connector_id and f.grant_id::text = a.details->>'from'
       where d.connector_id = $1 and d.alert_id = $2 and d.delivery_id = $3 and d.state = 'pending'`,
      [connectorId, alertId, deliveryId],
    );
    const [row] = rows;
    if (row === undefined) return undefined;
    const {
      channel,
      destination,
      setBy,
      kind,
      provider,
      reason,
      details,
      at,
      hasActiveGrant,
      grantId,
      admin,
      role,
      formerAdmin,
    } = row;
    const { name, state, zoomAccountId, cloudlinkAccountId, language, emails } = row;
    return {
      connectorId,
      alertId,
      deliveryId,
      channel,
      destination,
      setBy,
      alert: { kind, provider, reason, details, at },
      connector: { name, state, zoomAccountId, cloudlinkAccountId, language, emails },
      formerAdmin,
      grant: grantId === null ? null : { id: grantId, admin, role },
      hasActiveGrant,
    };
  }

  /** Writes down what one more try has come to. */
  async noteTry(
    key: DeliveryKey,
    state: 'pending' | 'delivered' | 'dead',
    error: string | null,
    now: Date,
  ): Promise<number> {
    const { rows } = await this.database.query<{ attempts: number }>(
      `update alert_deliveries set state = $4, attempts = attempts + 1, last_error = $5, updated_at = $6
       where connector_id = $1 and alert_id = $2 and delivery_id = $3 returning attempts`,
      [key.connectorId, key.alertId, key.deliveryId, state, error, now],
    );
    return rows[0]?.attempts ?? 0;
  }

  /** Takes a dead letter up again. @returns undefined when there is no such dead letter */
  async revive(
    connectorId: string,
    deliveryId: string,
    now: Date,
    via: Queryable,
  ): Promise<Pick<PendingDelivery, 'alertId' | 'setBy' | 'channel'> | undefined> {
    const { rows } = await via.query<Pick<PendingDelivery, 'alertId' | 'setBy' | 'channel'>>(
      `update alert_deliveries set state = 'pending', updated_at = $3
       where connector_id = $1 and delivery_id = $2 and state = 'dead'
       returning alert_id as "alertId", set_by as "setBy", channel`,
      [connectorId, deliveryId, now],
    );
    return rows[0];
  }

  /** Alerts with their deliveries that are older than `limit`. @returns how many */
  async removeOlderThan(limit: Date): Promise<number> {
    const { rowCount } = await this.database.query('delete from alerts where at < $1', [limit]);
    return rowCount ?? 0;
  }
}
