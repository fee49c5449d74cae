import type { AuditEvent } from './audit-query';

interface ActorTexts {
  system: string;
  webhook: string;
  commandLine: (user: string | undefined) => string;
  client: (id: string) => string;
}

/** `cli:` with the name of a user of that machine, or `cli` alone. */
const COMMAND_LINE = /^cli(?::(.*))?$/;

/** Who did it, by name where there is one. */
export function describeActor(
  { actor, actorName }: Pick<AuditEvent, 'actor' | 'actorName'>,
  texts: ActorTexts,
): string {
  if (actor.kind === 'system') return texts.system;
  if (actor.kind === 'webhook') return texts.webhook;
  const line = COMMAND_LINE.exec(actor.id);
  if (line !== null) return texts.commandLine(line[1]);
  if (actorName !== null) return actorName;
  return actor.kind === 'client' ? texts.client(actor.id) : actor.id;
}
