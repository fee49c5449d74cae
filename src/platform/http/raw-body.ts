import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../errors/app-error';

/** Our own, so that no other body is ever taken for one that must stay as it is. */
const RAW_TYPE = 'application/vnd.zoom-cloudlink-connector.raw';

/** For routes whose bodies are signed: a signature is over bytes, and parsed JSON cannot be turned back into them. */
export const RawBody = (): MethodDecorator => RouteConfig({ rawBody: true });

const isRaw = (request: FastifyRequest): boolean =>
  (request.routeOptions.config as { rawBody?: boolean } | undefined)?.rawBody === true;

/** The bytes as they came; empty when there were none. */
export const rawBodyOf = (request: FastifyRequest): Buffer =>
  Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);

/**
 * Routes marked with RawBody get their body as a Buffer, whatever it claims to be, so that not being JSON is for them
 * to judge: the sender is known before the content is. Fastify picks the parser by the content type alone, hence the
 * type of our own. The size limit is that of all routes.
 */
export function passRawBodies(fastify: FastifyInstance): void {
  fastify.addContentTypeParser<Buffer>(RAW_TYPE, { parseAs: 'buffer' }, (request, body, done) => {
    if (isRaw(request)) done(null, body);
    else done(new AppError('unsupported_media_type', 'Send the body as application/json.'));
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (isRaw(request)) request.raw.headers['content-type'] = RAW_TYPE;
    done();
  });
}
