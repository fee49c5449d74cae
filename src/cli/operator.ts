import { userInfo } from 'node:os';
import type { Actor } from '../platform/audit/actor';

/** Who works at the command line, as the audit names them: `cli:<user of the operating system>`. */
export function operator(): Actor {
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
