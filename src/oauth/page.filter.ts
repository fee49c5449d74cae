import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../platform/config/config';
import { CONFIG } from '../platform/config/config.token';
import { chooseLanguage } from '../platform/http/accept-language';
import { pageHeaders } from '../platform/http/html-page';
import { toAppError } from '../platform/http/problem';
import { PROBLEM_KINDS } from '../platform/http/problem-catalogue';
import { LOGGER, type Logger } from '../platform/logging/logger';
import { arrivalUrl, FailedForConsole, isForConsole } from './console-arrival';
import { renderError } from './pages/render-page';
import { interactionOf } from './interaction/interaction-of';

/** On the browser's routes an error is a page for a person, not a problem document. */
@Catch()
export class PageFilter implements ExceptionFilter {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const error = toAppError(thrown);
    const status = PROBLEM_KINDS[error.code].status;
    const provider = /\/oauth\/(cloudlink|interaction)\//.test(request.url) ? 'cloudlink' : 'zoom';
    const facts = { requestId: request.id, provider, code: error.code, detail: error.detail };
    if (status >= 500) this.logger.error({ ...facts, err: error.cause ?? error }, 'authorisation failed');
    else this.logger.warn(facts, 'authorisation refused');
    // A start link says itself where it came from, a callback only through its attempt.
    if (error instanceof FailedForConsole || (isStart(request.url) && isForConsole(request.query))) {
      const location = arrivalUrl(this.config.publicUrl, provider, { error: error.code, reference: request.id });
      void reply.header('cache-control', 'no-store').redirect(location, 303);
      return;
    }
    const language = chooseLanguage(request.headers['accept-language']);
    void reply
      .status(status)
      .headers(pageHeaders())
      .send(
        renderError(language, provider, error, request.id, this.config.publicUrl, interactionOf(error, request.url)),
      );
  }
}

const isStart = (url: string): boolean => /^\/oauth\/(zoom|cloudlink)\/start(\?|$)/.test(url);
