import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../access/principal';
import type { AuditEntry } from '../../platform/audit/audit-log';

/** Who changes settings, for the audit. */
export type ChangedBy = Pick<AuditEntry, 'actorKind' | 'actorId' | 'requestId' | 'address'>;

export const changedBy = (caller: Principal, request: FastifyRequest): ChangedBy => ({
  actorKind: 'client',
  actorId: caller.clientId,
  requestId: request.id,
  address: request.ip,
});
