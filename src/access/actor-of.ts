import type { FastifyRequest } from 'fastify';
import type { Actor } from '../platform/audit/actor';
import type { Principal } from './principal';

/** A machine client as the audit keeps it. */
export const actorOf = (caller: Principal, request: FastifyRequest): Actor => ({
  actorKind: 'client',
  actorId: caller.clientId,
  requestId: request.id,
  address: request.ip,
});
