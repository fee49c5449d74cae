import { randomUUID } from 'node:crypto';
import type { Clock } from '../platform/clock/clock';
import type { Queryable } from '../platform/database/database';
import type { NewAlert } from './alert-kinds';

/** Where everything that people must hear of goes: written in the transaction that makes it true, sent afterwards. */
export class Alerts {
  constructor(private readonly clock: Clock) {}

  async raise(alert: NewAlert, transaction: Queryable): Promise<void> {
    await transaction.query(
      `insert into alerts (connector_id, alert_id, kind, provider, grant_id, reason, details, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        alert.connectorId,
        randomUUID(),
        alert.kind,
        alert.provider ?? null,
        alert.grantId ?? null,
        alert.reason ?? null,
        JSON.stringify(alert.details ?? {}),
        this.clock.now(),
      ],
    );
  }
}
