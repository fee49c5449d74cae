import type { AuditEvent, AuditFilter, AuditTrail } from '../../platform/audit/audit-trail';
import { readCursor, writeCursor } from '../../platform/http/list-cursor';
import type { ActorNames } from './actor-names';
import type { AuditEventDto, AuditListDto } from './audit.dto';

const EVENT_ID = /^\d{1,18}$/;

/**
 * A page of the audit as the API and the command line show it. Events that are written meanwhile are newer than any
 * cursor, so they shift nothing. @throws AppError `invalid_request` for a cursor of another list
 */
export async function readAudit(
  trail: AuditTrail,
  names: ActorNames,
  connectorId: string,
  query: AuditFilter & { limit: number; cursor?: string | undefined },
): Promise<AuditListDto> {
  const { limit, cursor, ...filter } = query;
  const before = cursor === undefined ? undefined : readCursor(cursor, EVENT_ID);
  const found = await trail.page(connectorId, filter, { before, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const last = found.length > limit ? shown.at(-1) : undefined;
  const nameOf = await names.of(connectorId, shown);
  return {
    items: shown.map((event) => ({ ...toDto(event), actorName: nameOf(event) ?? null })),
    nextCursor: last === undefined ? null : writeCursor(last.eventId),
  };
}

function toDto({ eventId, at, actorKind, actorId, ...rest }: AuditEvent): Omit<AuditEventDto, 'actorName'> {
  const { action, subject, requestId, address, zoomTrackingId, mitelCorrelationId, details } = rest;
  return {
    id: eventId,
    at: at.toISOString(),
    actor: { kind: actorKind, id: actorId },
    ...{ action, subject, requestId, address, zoomTrackingId, mitelCorrelationId, details },
  };
}
