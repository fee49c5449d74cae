import type { Socket } from 'node:net';
import type { FastifyReply } from 'fastify';

/**
 * For an answer that may take longer than the server waits on a connection on which nothing moves: as long as it is we who are
 * at work, and the caller has taken all that was said so far, that time begins anew. Otherwise the connection ends, as ever.
 */
export function keepWhileWorking({ raw }: FastifyReply): void {
  raw.on('timeout', (socket: Socket) => {
    if (raw.req.complete && socket.writableLength === 0) socket.setTimeout(socket.timeout ?? 0);
    else socket.destroy();
  });
}
