import { userInfo } from 'node:os';
import type { Actor } from '../platform/audit/actor';

/** Whoever may run the command line is an operator; the audit names the user of this machine. */
export function cliActor(): Actor {
  try {
    return { actorKind: 'admin', actorId: `cli:${userInfo().username}` };
  } catch {
    // A container may run with a user id that has no name.
    return { actorKind: 'admin', actorId: `cli:${process.getuid?.() ?? 'unknown'}` };
  }
}
