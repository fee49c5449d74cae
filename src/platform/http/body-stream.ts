import type { Socket } from 'node:net';
import { Transform, type Readable } from 'node:stream';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../errors/app-error';

/** Our own, so that no other body is ever taken for one that must not be read at once. */
const STREAM_TYPE = 'application/vnd.zoom-cloudlink-connector.stream';
/** What a client still sends of a body that nobody wants any more is thrown away for so long: cut off, it would miss the answer. */
const DRAIN_MS = 30_000;

interface StreamConfig {
  bodyStream?: { types: readonly string[]; maxBytes: number };
}

/**
 * Marks a route that reads its body piece by piece, up to `maxBytes`, in one of these media types (lower case). Hand its
 * request to `bodyStreamOf`.
 */
export const StreamsBody = (types: readonly string[], maxBytes: number): MethodDecorator =>
  RouteConfig({ bodyStream: { types, maxBytes } });

/** What a request brought for a route with StreamsBody: nothing of it has been read yet. */
export class BodyStream {
  constructor(
    private readonly request: FastifyRequest,
    private readonly source: Readable,
    private readonly mediaType: string,
  ) {}

  /**
   * The bytes as they come. While they do, the time limit for whole requests does not count: a long file over a thin line
   * takes as long as it takes. A line on which nothing moves is let go all the same (`idleMs` of the server).
   * @throws AppError `unsupported_media_type`, `payload_too_large`, the latter also from the stream
   */
  open(): Readable {
    const { types, maxBytes } = configOf(this.request) ?? { types: [], maxBytes: 0 };
    if (!types.includes(this.mediaType))
      throw new AppError('unsupported_media_type', `Send the body as ${types.join(', or as ')}.`);
    if (Number(this.request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
    return this.flow(maxBytes);
  }

  private flow(maxBytes: number): Readable {
    const { source, request } = this;
    const { socket } = request.raw;
    const limited = limit(maxBytes);
    uploads.add(socket);
    limited.once('close', () => {
      uploads.delete(socket);
      if (request.raw.complete) return;
      source.unpipe(limited);
      source.resume();
      setTimeout(() => request.raw.complete || socket.destroy(), DRAIN_MS).unref();
    });
    source.once('error', (error) => limited.destroy(error));
    return source.pipe(limited);
  }
}

/** Connections over which such a body is coming right now. */
const uploads = new WeakSet<Socket>();

/** Whether the time limit for whole requests does not count on this connection, because such a body is coming. */
export const isUploading = (socket: object): boolean => uploads.has(socket as Socket);

/** The body of a request to a route with StreamsBody. */
export function bodyStreamOf(request: FastifyRequest): BodyStream {
  if (!(request.body instanceof BodyStream)) throw new Error('bodyStreamOf is used on a route without StreamsBody');
  return request.body;
}

const configOf = (request: FastifyRequest): StreamConfig['bodyStream'] =>
  (request.routeOptions.config as StreamConfig | undefined)?.bodyStream;

/**
 * As with raw bodies, the media type is for the route to judge: who sends it is known before what it is, and nothing of
 * 64 MB is read from a stranger. Fastify picks the parser by the type alone, hence the type of our own.
 */
export function passBodyStreams(fastify: FastifyInstance): void {
  const given = new WeakMap<FastifyRequest['raw'], string>();
  fastify.addContentTypeParser(STREAM_TYPE, (request, source, done) => {
    if (configOf(request) === undefined)
      done(new AppError('unsupported_media_type', 'Send the body as application/json.'));
    else done(null, new BodyStream(request, source, given.get(request.raw) ?? ''));
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (configOf(request) !== undefined) {
      const { headers } = request.raw;
      const [mediaType = ''] = (headers['content-type'] ?? '').split(';');
      given.set(request.raw, mediaType.trim().toLowerCase());
      headers['content-type'] = STREAM_TYPE;
    }
    done();
  });
}

function limit(maxBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maxBytes) done(tooLarge(maxBytes));
      else done(null, chunk);
    },
  });
}

const tooLarge = (maxBytes: number): AppError =>
  new AppError('payload_too_large', `The body may have at most ${maxBytes / 1024 / 1024} MiB.`);
