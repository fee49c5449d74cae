import type { Queryable } from '../database/database';
import { currentTraces, plainTrace } from '../remote/trace-scope';

export const ACTOR_KINDS = ['admin', 'client', 'system', 'webhook'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

export type AuditDetails = Record<string, string | number | boolean | null>;

/** Who did what, when, from where. Never holds a secret. */
export interface AuditEntry {
  connectorId: string;
  actorKind: ActorKind;
  actorId: string;
  /** Noun and past participle, such as `credential.read` or `grant.added`. */
  action: string;
  subject?: string;
  requestId?: string;
  address?: string;
  /** Where absent, the ids that the scope around the call remembers (trace-scope.ts); null: none applies. */
  zoomTrackingId?: string | null;
  mitelCorrelationId?: string | null;
  details?: AuditDetails;
}

/** Append-only: triggers refuse anything else. Takes part in the caller's transaction when one is handed in. */
export class AuditLog {
  constructor(private readonly database: Queryable) {}

  async record(entry: AuditEntry, via: Queryable = this.database): Promise<void> {
    const seen = currentTraces();
    const { zoomTrackingId = seen.zoomTrackingId, mitelCorrelationId = seen.mitelCorrelationId } = entry;
    await via.query({
      name: 'audit-record',
      text: `insert into audit_events (connector_id, actor_kind, actor_id, action, subject, request_id, address, details,
               zoom_tracking_id, mitel_correlation_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      values: [
        entry.connectorId,
        entry.actorKind,
        entry.actorId,
        entry.action,
        entry.subject ?? '',
        entry.requestId ?? null,
        entry.address ?? null,
        JSON.stringify(entry.details ?? {}),
        plainTrace(zoomTrackingId),
        plainTrace(mitelCorrelationId),
      ],
    });
  }
}
