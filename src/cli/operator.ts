import { userInfo } from 'node:os';
import type { AuditEntry } from '../platform/audit/audit-log';

/** Who works at the command line, as the audit names them: `cli:<user of the operating system>`. */
export function operator(): Pick<AuditEntry, 'actorId'> & { actorKind: 'admin' } {
  return { actorKind: 'admin', actorId: `cli:${userName()}` };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a number that no user list knows.
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
}
