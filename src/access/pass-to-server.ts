import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AuthorizationServer } from './authorization-server';

/** Lets oidc-provider answer, with the headers that every answer of ours has. */
export async function passToServer(
  server: AuthorizationServer,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const answer = await server.prepare(request.raw);
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) reply.raw.setHeader(name, value);
  await answer(reply.raw);
}
