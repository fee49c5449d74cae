import type { FastifyInstance } from 'fastify';
import { AppError } from '../platform/errors/app-error';
import { TOKEN_PATH } from './authorization-server';

/**
 * oidc-provider reads the token request itself, so on that route every body is left in its stream. It stays true
 * everywhere else that we read JSON and nothing else.
 */
export function passTokenBody(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('*', (request, _payload, done) => {
    if (request.routeOptions.url === TOKEN_PATH) done(null, undefined);
    else done(new AppError('unsupported_media_type', 'Send the body as application/json.'));
  });
}
