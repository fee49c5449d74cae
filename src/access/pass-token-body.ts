import type { FastifyInstance } from 'fastify';
import { AppError } from '../platform/errors/app-error';
import { INTROSPECTION_PATH, REVOCATION_PATH, TOKEN_PATH } from './paths';

const PATHS: ReadonlySet<string | undefined> = new Set([TOKEN_PATH, REVOCATION_PATH, INTROSPECTION_PATH]);

/**
 * oidc-provider reads what it is asked itself, so on its routes every body is left in its stream. It stays true
 * everywhere else that we read JSON and nothing else.
 */
export function passTokenBody(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('*', (request, _payload, done) => {
    if (PATHS.has(request.routeOptions.url)) done(null, undefined);
    else done(new AppError('unsupported_media_type', 'Send the body as application/json.'));
  });
}
