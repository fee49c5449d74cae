import { unknownConnector } from '../../access/unknown-connector';
import type { Provider } from '../../oauth/provider';
import type { AuditLog } from '../../platform/audit/audit-log';
import type { Clock } from '../../platform/clock/clock';
import type { Database } from '../../platform/database/database';
import { AppError } from '../../platform/errors/app-error';
import type { Queue } from '../../platform/queue/queue';
import { addDeliveryJob } from '../alert-jobs';
import type { AlertKind } from '../alert-kinds';
import type { DeliveryRepository } from '../delivery/delivery.repository';
import type { Actor } from '../../platform/audit/actor';
import { readAlertCursor, writeAlertCursor } from './alert-cursor';

export interface ShownDelivery {
  id: string;
  alertId: string;
  channel: 'webhook' | 'email';
  /** Address or webhook id; `operator` for what the operator has set: that is not the connector's to see. */
  destination: string;
  state: 'pending' | 'delivered' | 'dead';
  attempts: number;
  lastError: string | null;
  updatedAt: Date;
}

export interface ShownAlert {
  id: string;
  kind: AlertKind;
  provider: Provider | null;
  grantId: string | null;
  reason: string | null;
  details: Record<string, unknown>;
  at: Date;
  deliveries: ShownDelivery[];
}

const DELIVERY_COLUMNS = `delivery_id as id, alert_id as "alertId", channel,
  case set_by when 'operator' then 'operator' else destination end as destination, state, attempts,
  last_error as "lastError", updated_at as "updatedAt"`;
/** More than these an operator would not read: the cause is the same for most. */
const MOST_DEAD_LETTERS = 200;

/** What people were told about a connector, and whether it has arrived. */
export class AlertHistory {
  constructor(
    private readonly database: Database,
    private readonly deliveries: DeliveryRepository,
    private readonly queue: Queue,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Newest first. @throws AppError `not_found`, `invalid_request` */
  async list(
    connectorId: string,
    options: { limit: number; cursor?: string },
  ): Promise<{ items: ShownAlert[]; nextCursor: string | null }> {
    const after = options.cursor === undefined ? undefined : readAlertCursor(options.cursor);
    await this.requireConnector(connectorId);
    const { rows } = await this.database.query<Omit<ShownAlert, 'deliveries'>>(
      `select alert_id as id, kind, provider, grant_id as "grantId", reason, details, at from alerts
       where connector_id = $1 and ($2::timestamptz is null or (at, alert_id) < ($2, $3::uuid))
       order by at desc, alert_id desc limit $4`,
      [connectorId, after?.at ?? null, after?.alertId ?? null, options.limit + 1],
    );
    const shown = rows.slice(0, options.limit);
    const deliveries = await this.deliveriesOf(
      connectorId,
      shown.map(({ id }) => id),
    );
    const last = shown.at(-1);
    return {
      items: shown.map((alert) => ({ ...alert, deliveries: deliveries.filter(({ alertId }) => alertId === alert.id) })),
      nextCursor: rows.length > options.limit && last !== undefined ? writeAlertCursor(last.at, last.id) : null,
    };
  }

  /** What was given up, the newest first; at most MOST_DEAD_LETTERS. @throws AppError `not_found` */
  async deadLetters(connectorId: string): Promise<ShownDelivery[]> {
    await this.requireConnector(connectorId);
    const { rows } = await this.database.query<ShownDelivery>(
      `select ${DELIVERY_COLUMNS} from alert_deliveries where connector_id = $1 and state = 'dead'
       order by updated_at desc, delivery_id limit $2`,
      [connectorId, MOST_DEAD_LETTERS],
    );
    return rows;
  }

  /** Sends a dead letter once more, with as many tries as at first. @throws AppError `not_found` */
  async retry(connectorId: string, deliveryId: string, by: Actor): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const revived = await this.deliveries.revive(connectorId, deliveryId, this.clock.now(), transaction);
      if (revived === undefined) throw new AppError('not_found', 'This connector has no such dead letter.');
      const { alertId, setBy, channel } = revived;
      await addDeliveryJob(this.queue, { connectorId, alertId, deliveryId }, setBy, transaction);
      await this.audit.record(
        { ...by, connectorId, action: 'alert_delivery.retried', subject: deliveryId, details: { alertId, channel } },
        transaction,
      );
    });
  }

  private async deliveriesOf(connectorId: string, alertIds: string[]): Promise<ShownDelivery[]> {
    const { rows } = await this.database.query<ShownDelivery>(
      `select ${DELIVERY_COLUMNS} from alert_deliveries where connector_id = $1 and alert_id = any($2)
       order by channel, set_by desc, destination`,
      [connectorId, alertIds],
    );
    return rows;
  }

  private async requireConnector(connectorId: string): Promise<void> {
    const { rows } = await this.database.query('select from connectors where connector_id = $1', [connectorId]);
    if (rows.length === 0) throw unknownConnector();
  }
}
