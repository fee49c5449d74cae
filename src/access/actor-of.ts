import type { FastifyRequest } from 'fastify';
import type { Actor } from '../platform/audit/actor';
import type { Principal } from './principal';

/** Whoever calls, as the audit keeps them. */
export const actorOf = (caller: Principal, request: FastifyRequest): Actor => ({
  ...(caller.admin === undefined
    ? { actorKind: 'client', actorId: caller.clientId }
    : { actorKind: 'admin', actorId: caller.admin.subjectId }),
  requestId: request.id,
  address: request.ip,
});
