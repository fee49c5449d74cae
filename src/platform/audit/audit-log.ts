import type { Queryable } from '../database/database';

/** Who did what, when, from where. Never holds a secret. */
export interface AuditEntry {
  connectorId: string;
  actorKind: 'admin' | 'client' | 'system' | 'webhook';
  actorId: string;
  /** Noun and past participle, such as `credential.read` or `grant.added`. */
  action: string;
  subject?: string;
  requestId?: string;
  address?: string;
  details?: Record<string, string | number | boolean | null>;
}

/** Append-only. Takes part in the caller's transaction when one is handed in. */
export class AuditLog {
  constructor(private readonly database: Queryable) {}

  async record(entry: AuditEntry, via: Queryable = this.database): Promise<void> {
    await via.query({
      name: 'audit-record',
      text: `insert into audit_events (connector_id, actor_kind, actor_id, action, subject, request_id, address, details)
             values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      values: [
        entry.connectorId,
        entry.actorKind,
        entry.actorId,
        entry.action,
        entry.subject ?? '',
        entry.requestId ?? null,
        entry.address ?? null,
        JSON.stringify(entry.details ?? {}),
      ],
    });
  }
}
