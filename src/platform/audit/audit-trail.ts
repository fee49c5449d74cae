import type { Queryable } from '../database/database';
import type { ActorKind, AuditDetails } from './audit-log';

/** One event as it was recorded. */
export interface AuditEvent {
  /** Grows with time. A bigint, so a text. */
  eventId: string;
  at: Date;
  actorKind: ActorKind;
  actorId: string;
  action: string;
  subject: string;
  requestId: string | null;
  address: string | null;
  zoomTrackingId: string | null;
  mitelCorrelationId: string | null;
  details: AuditDetails;
}

export interface AuditFilter {
  action?: string | undefined;
  /** From then on. */
  from?: Date | undefined;
  /** Before then. */
  to?: Date | undefined;
}

const EVENT = `event_id as "eventId", at, actor_kind as "actorKind", actor_id as "actorId", action, subject, request_id as "requestId",
  address, zoom_tracking_id as "zoomTrackingId", mitel_correlation_id as "mitelCorrelationId", details`;

/** Reads the audit of one connector, which outlives the connector's row. */
export class AuditTrail {
  constructor(private readonly database: Queryable) {}

  /** Newest first, along the primary key. `before`: the last event of the page before. */
  async page(
    connectorId: string,
    filter: AuditFilter,
    page: { before?: string | undefined; limit: number },
  ): Promise<AuditEvent[]> {
    const values: unknown[] = [connectorId, page.limit];
    const conditions = ['connector_id = $1'];
    const restrict = (condition: string, value: unknown): void => {
      if (value !== undefined) conditions.push(`${condition} $${values.push(value)}`);
    };
    restrict('event_id <', page.before);
    restrict('action =', filter.action);
    restrict('at >=', filter.from);
    restrict('at <', filter.to);
    const { rows } = await this.database.query<AuditEvent>(
      `select ${EVENT} from audit_events where ${conditions.join(' and ')} order by event_id desc limit $2`,
      values,
    );
    return rows;
  }
}
