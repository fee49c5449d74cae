import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Language } from '../config/config';
import { chooseLanguage } from './accept-language';

/** Of an answer with texts for people. `Vary`, so that no cache gives one language for the other (RFC 9110 section 12.5.5). */
export const LANGUAGE_HEADERS = {
  'Content-Language': {
    description: 'Of the texts for people',
    schema: { type: 'string' as const, enum: ['en', 'de'] },
  },
  Vary: { description: 'Always `Accept-Language`', schema: { type: 'string' as const } },
};

export const ApiReplyLanguage = (): MethodDecorator =>
  ApiHeader({
    name: 'Accept-Language',
    required: false,
    description: 'English (`en`, the default) or German (`de`) texts',
    schema: { type: 'string', example: 'de' },
  });

/** The language that the caller wants, and the headers that say so in the answer. */
export const ReplyLanguage = createParamDecorator((_: unknown, context: ExecutionContext): Language => {
  const http = context.switchToHttp();
  return replyInLanguage(http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
});

/** What ReplyLanguage does, for a method that is given the request itself. */
export function replyInLanguage(request: FastifyRequest, reply: FastifyReply): Language {
  const language = chooseLanguage(request.headers['accept-language']);
  void reply.header('content-language', language).header('vary', 'Accept-Language');
  return language;
}
