import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { AppError, type ErrorCode } from '../errors/app-error';
import { PROBLEM_KINDS } from './problem-catalogue';

export class FieldProblemDto {
  @ApiProperty({ description: 'Path of the field, such as `sip.code`', example: 'expiresIn' })
  field!: string;

  @ApiProperty({ description: 'What the field must be', example: 'must not be greater than 86400' })
  rule!: string;
}

/** RFC 9457 problem details with a stable code and the id of the request. */
export class ProblemDto {
  @ApiProperty({ example: 'about:blank' })
  type!: string;

  @ApiProperty({ example: 'The request breaks a rule' })
  title!: string;

  @ApiProperty({ example: 400 })
  status!: number;

  @ApiProperty({ description: 'What happened, for a person', example: 'expiresIn must not be greater than 86400' })
  detail!: string;

  @ApiProperty({ description: 'Stable, for programs', enum: Object.keys(PROBLEM_KINDS), example: 'invalid_request' })
  code!: string;

  @ApiProperty({ description: 'Names this request in our log', example: '4f6d2a8e-6a0c-4c1e-9b1e-0b8f5a1f2c3d' })
  requestId!: string;

  @ApiPropertyOptional({ type: [FieldProblemDto], description: 'Present when fields of the request are wrong' })
  errors?: FieldProblemDto[];
}

export const PROBLEM_CONTENT_TYPE = 'application/problem+json; charset=utf-8';

/** The public face of an error: never its detail, cause or stack. */
export function toProblem(error: AppError, requestId: string): ProblemDto {
  const kind = PROBLEM_KINDS[error.code];
  return {
    type: 'about:blank',
    title: kind.title,
    status: kind.status,
    detail: error.message,
    code: error.code,
    requestId,
    ...(error.fields.length > 0 ? { errors: error.fields } : {}),
  };
}

const CODE_BY_STATUS: Record<number, ErrorCode> = {
  400: 'invalid_request',
  401: 'unauthenticated',
  403: 'insufficient_scope',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  413: 'payload_too_large',
  414: 'invalid_request',
  415: 'unsupported_media_type',
  503: 'unavailable',
};

const FRAMEWORK_MESSAGES: Partial<Record<ErrorCode, string>> = {
  not_found: 'There is nothing at this address.',
  payload_too_large: 'The body may have at most 1 MiB.',
  unsupported_media_type: 'Send the body as application/json.',
  malformed_json: 'The body is not valid JSON.',
};

/** SQLSTATE classes 08 (connection), 53 (resources), 57 (operator), 55P03 (lock); or no connection at all. */
function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  if (code !== undefined && /^(08|53|57)[0-9A-Z]{3}$|^55P03$|^ECONNREFUSED$|^ECONNRESET$/.test(code)) return true;
  return /not currently accepting connections|^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
    error.message,
  );
}

/** What Fastify and Nest throw on their own, turned into our errors; anything unknown is ours to mend. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { status, statusCode, code } = (error ?? {}) as { status?: unknown; statusCode?: unknown; code?: unknown };
  const stated = typeof statusCode === 'number' ? statusCode : typeof status === 'number' ? status : undefined;
  // A caller who hangs up in the middle of a body is ECONNRESET too, but Fastify says whose fault that is.
  if ((stated === undefined || stated >= 500) && isDatabaseAway(error)) {
    return new AppError('unavailable', 'The database cannot be reached at the moment: try again.', {
      cause: error,
      retryable: true,
    });
  }
  const number = stated ?? 500;
  const mapped = number < 500 || number === 503 ? CODE_BY_STATUS[number] : undefined;
  if (mapped === undefined) {
    return new AppError('internal_error', 'Something went wrong on our side. The log names it by the request id.', {
      cause: error,
    });
  }
  const isJson = error instanceof SyntaxError || code === 'FST_ERR_CTP_INVALID_JSON_BODY';
  const ours = isJson ? 'malformed_json' : mapped;
  const fallback = error instanceof Error ? error.message : 'The request cannot be used.';
  return new AppError(ours, FRAMEWORK_MESSAGES[ours] ?? fallback, { cause: error });
}
