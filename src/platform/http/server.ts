import { randomUUID } from 'node:crypto';
import type { Type, DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import fastifyCookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from '../logging/logger';
import { isWithin, type AddressRange } from '../network/address-range';
import { AppError } from '../errors/app-error';
import { NestLogger } from '../logging/logger';
import { knowClientAddress } from './client-address';
import { PROBLEM_CONTENT_TYPE, toProblem } from './problem';
import { ProblemFilter } from './problem.filter';
import { invalidRequest, createValidationPipe } from './validation';
import { BodyStream, isUploading, passBodyStreams } from './body-stream';
import { acceptOnlyJson } from './json-body';
import { passRawBodies } from './raw-body';
import { findForbidden } from './refuse-nul';
import { closeConnectionsAtShutdown } from './close-connections';

const BODY_LIMIT = 1024 * 1024;
/** Longer than any answer takes to find, and than the pause between two beats of a stream. */
const IDLE_MS = 120_000;
const API_POLICY = "default-src 'none'; frame-ancestors 'none'";

export interface HttpOptions {
  logger: Logger;
  /** The path prefix of PUBLIC_URL ('' when none): a proxy may pass it on or cut it off, both work. */
  pathPrefix: string;
  /** Whether callers reach this service by https: browsers then keep to it (RFC 6797). */
  isHttps?: boolean;
  /** Whose X-Forwarded-For is believed; see client-address.ts. */
  trustedProxies?: readonly AddressRange[];
  /** A connection on which a request is open and nothing moves: a client that does not read is let go. */
  idleMs?: number;
}

/** Builds our HTTP server: Nest on Fastify, problem details for every error, one place for limits. Does not listen yet. */
export async function createHttpApp(
  module: Type | DynamicModule,
  options: HttpOptions,
): Promise<NestFastifyApplication> {
  const filter = new ProblemFilter(options.logger);
  const { trustedProxies = [] } = options;
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    // Nothing of ours is middleware of Express.
    skipMiddie: true,
    // A URL part of ours is at most an email of 254 characters, percent-encoded.
    routerOptions: { maxParamLength: 800 },
    requestTimeout: 30_000,
    connectionTimeout: options.idleMs ?? IDLE_MS,
    // Without a list Fastify leaves the headers alone, and an address costs nothing.
    trustProxy: trustedProxies.length > 0 && ((address: string) => isWithin(trustedProxies, address)),
    clientErrorHandler: refuseBrokenHttp,
    genReqId: requestId,
    rewriteUrl: (request: IncomingMessage) => cutPrefix(request.url ?? '/', options.pathPrefix),
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      filter.answer(error, request, reply),
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: new NestLogger(options.logger),
    bodyParser: false,
    abortOnError: false,
  });
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  knowClientAddress(fastify, trustedProxies);
  acceptOnlyJson(fastify);
  passRawBodies(fastify);
  passBodyStreams(fastify);
  closeConnectionsAtShutdown(fastify);
  await app.register(fastifyCookie);
  // Hooks of every request take a callback: an async one would cost each of them a promise.
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    void reply.header('x-content-type-options', 'nosniff');
    void reply.header('referrer-policy', 'no-referrer');
    // An answer of the API that a browser is made to show shows nothing, and nobody frames it; pages have their own.
    if (request.url.startsWith('/v1/')) void reply.header('content-security-policy', API_POLICY);
    if (options.isHttps === true) void reply.header('strict-transport-security', 'max-age=31536000');
    done();
  });
  fastify.addHook('preValidation', (request, _reply, done) => {
    const problems = [
      ...findForbidden(request.params),
      ...findForbidden(request.query),
      // Bytes are not parsed yet: whoever parses them looks at them.
      ...(Buffer.isBuffer(request.body) || request.body instanceof BodyStream ? [] : findForbidden(request.body)),
    ];
    if (problems.length > 0) done(invalidRequest(problems));
    else done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    logRequest(options.logger, request, reply);
    done();
  });
  app.useGlobalFilters(filter);
  app.useGlobalPipes(createValidationPipe());
  return app;
}

/** What is not HTTP at all never reaches a route; it still gets a problem document. */
function refuseBrokenHttp(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  // Node counts the whole request, and tells it once; see body-stream.ts.
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && isUploading(socket)) return;
  const problem = toProblem(
    new AppError('invalid_request', 'This is not a request that can be read as HTTP.'),
    randomUUID(),
  );
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 400 Bad Request\r\ncontent-type: ${PROBLEM_CONTENT_TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

/** A caller's own id is kept when it is a plain token, so that logs of both sides can be matched. */
function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[A-Za-z0-9._-]{8,64}$/.test(given) ? given : randomUUID();
}

export function cutPrefix(url: string, prefix: string): string {
  if (prefix === '' || !url.startsWith(prefix)) return url;
  const rest = url.slice(prefix.length);
  if (rest === '') return '/';
  return rest.startsWith('/') ? rest : rest.startsWith('?') ? `/${rest}` : url;
}

/** What changes something, or fails, is a fact worth a line; reads are not (28 000 of them a second must stay possible). */
function logRequest(logger: Logger, request: FastifyRequest, reply: FastifyReply): void {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const level = reply.statusCode >= 400 || !isRead ? 'info' : 'debug';
  if (!logger.isLevelEnabled(level)) return;
  logger[level](
    {
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    },
    'request',
  );
}
