import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ProblemDto } from './problem';

const DESCRIPTIONS: Record<number, string> = {
  400: 'A field breaks a rule; `errors` names it',
  401: 'No valid access token, and no session that is not over',
  403: 'The access token lacks a scope, or the request of a session its CSRF token; `code` says which',
  404: 'There is no such thing, or it belongs to another connector',
  409: 'The request conflicts with the present state; `code` says how',
  410: 'What followed the cursor is not kept any more: read the full list, then go on from a new cursor',
  413: 'The body has more than 1 MiB',
  415: 'The body is not application/json',
  429: 'This client asks too often; Retry-After says when it may again',
  500: 'A fault of ours; the log names it by `requestId`',
  503: 'Try again later',
};

/** Says in the OpenAPI description which problem documents (RFC 9457) a route answers with. */
export const ApiProblems = (...statuses: number[]): MethodDecorator & ClassDecorator =>
  applyDecorators(
    ApiExtraModels(ProblemDto),
    // Any route may meet a database that is away, or a fault of ours; whoever has a token may ask too often.
    ...[...new Set([...statuses, ...(statuses.includes(401) ? [429] : []), 500, 503])].map((status) =>
      ApiResponse({
        status,
        description: DESCRIPTIONS[status] ?? 'An error',
        content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } },
      }),
    ),
  );
