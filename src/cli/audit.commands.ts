import { InvalidArgumentError, type Command } from 'commander';
import { ApiClientRepository } from '../access/api-client.repository';
import { unknownConnector } from '../access/unknown-connector';
import { ActorNames } from '../operations/audit/actor-names';
import type { AuditEventDto } from '../operations/audit/audit.dto';
import { readAudit } from '../operations/audit/read-audit';
import { AuditTrail } from '../platform/audit/audit-trail';
import { addCommand, type CommandLine } from './command-line';
import { formatTable } from './format-table';
import { connectorId } from './parse-options';

const MAX_LIMIT = 1000;

/** `audit`: who did what to a connector, the newest events first. */
export function addAuditCommand(program: Command, line: CommandLine): void {
  addCommand<{ connector: string; limit: number }>(
    program,
    line,
    'audit',
    'who did what to a connector, newest first',
    async ({ database }, { connector, limit }) => {
      const page = await readAudit(new AuditTrail(database), new ActorNames(database), connector, { limit });
      // The audit outlives its connector, so only one that has neither is unknown.
      if (page.items.length === 0 && !(await new ApiClientRepository().connectorExists(database, connector)))
        throw unknownConnector();
      const text = formatTable(
        ['AT', 'ACTION', 'ACTOR', 'SUBJECT', 'ZOOM', 'MITEL', 'DETAILS'],
        page.items.map(toRow),
        'Nothing has been recorded for this connector.',
      );
      return { document: page, text };
    },
  )
    .requiredOption('--connector <id>', 'whose audit', connectorId)
    .option('--limit <number>', `how many events, at most ${MAX_LIMIT}`, limitOf, 50);
}

const toRow = (event: AuditEventDto): string[] => [
  event.at,
  event.action,
  `${event.actor.kind} ${event.actor.id}`,
  event.subject,
  event.zoomTrackingId ?? '',
  event.mitelCorrelationId ?? '',
  Object.entries(event.details)
    .map(([key, value]) => `${key}=${value}`)
    .join(' '),
];

function limitOf(text: string): number {
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > MAX_LIMIT) throw new InvalidArgumentError(`It must be a number from 1 to ${MAX_LIMIT}.`);
  return limit;
}
