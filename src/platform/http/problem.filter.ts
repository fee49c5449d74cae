import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../logging/logger';
import { PROBLEM_CONTENT_TYPE, toAppError, toProblem } from './problem';

/** The only place where an error becomes an HTTP answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const error = toAppError(thrown);
    const problem = toProblem(error, request.id);
    const facts = {
      requestId: request.id,
      code: error.code,
      status: problem.status,
      method: request.method,
      route: request.routeOptions?.url,
      detail: error.detail,
    };
    if (problem.status >= 500) this.logger.error({ ...facts, err: error.cause ?? error }, 'request failed');
    else this.logger.debug(facts, 'request refused');
    if (reply.sent) return;
    if (problem.status === 401) void reply.header('www-authenticate', wwwAuthenticate(request));
    if (error.retryAfterSeconds !== undefined)
      void reply.header('retry-after', String(Math.ceil(error.retryAfterSeconds)));
    void reply
      .status(problem.status)
      .header('content-type', PROBLEM_CONTENT_TYPE)
      .header('cache-control', 'no-store')
      // Whatever language the answer would have had: problems are told in English.
      .header('content-language', 'en')
      .send(problem);
  }
}

/** RFC 6750 section 3: the challenge names an error only when a token was presented. */
const wwwAuthenticate = (request: FastifyRequest): string =>
  request.headers.authorization === undefined ? 'Bearer' : 'Bearer error="invalid_token"';
