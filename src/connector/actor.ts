import type { AuditEntry } from '../platform/audit/audit-log';

/** Who wants something, as the audit keeps it. */
export type Actor = Pick<AuditEntry, 'actorKind' | 'actorId' | 'requestId' | 'address'>;
