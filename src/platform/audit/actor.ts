import type { AuditEntry } from './audit-log';

/** Who wants something, as the audit keeps it. */
export type Actor = Pick<AuditEntry, 'actorKind' | 'actorId' | 'requestId' | 'address'>;
