/**
 * Every failure that the product knows about. The code decides the HTTP answer (see problem-catalogue.ts, the one
 * place that knows HTTP); nothing else in the program speaks status codes.
 */
export type ErrorCode =
  | 'invalid_request'
  | 'malformed_json'
  | 'unsupported_media_type'
  | 'payload_too_large'
  | 'not_found'
  | 'method_not_allowed'
  | 'too_many_requests'
  | 'unauthenticated'
  | 'insufficient_scope'
  | 'csrf_token_invalid'
  | 'conflict'
  | 'cursor_too_old'
  | 'user_pending'
  | 'mobile_calling_off'
  | 'sync_already_running'
  | 'connector_not_active'
  | 'reauthorization_required'
  | 'account_already_linked'
  | 'wrong_account'
  | 'link_invalid'
  | 'signature_invalid'
  | 'missing_role'
  | 'authorization_expired'
  | 'oauth_state_invalid'
  | 'oauth_declined'
  | 'oauth_code_rejected'
  | 'provider_unavailable'
  | 'provider_rejected'
  | 'provider_answer_invalid'
  | 'misconfigured'
  | 'unavailable'
  | 'internal_error';

/** One thing that is wrong with one field of a request: `field` is a path such as `sip.code`, `rule` says what would be right. */
export interface FieldProblem {
  field: string;
  rule: string;
}

export interface AppErrorOptions {
  /** What an operator may read in the log; never sent to a caller, never a secret. */
  detail?: string;
  /** Whether the same call may succeed later without anybody changing anything. */
  retryable?: boolean;
  /** Seconds after which a retry makes sense, when known. */
  retryAfterSeconds?: number;
  fields?: FieldProblem[];
  cause?: unknown;
}

/** A failure with a stable code and a message that is fit for the caller. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly retryable: boolean;
  readonly retryAfterSeconds: number | undefined;
  readonly fields: FieldProblem[];

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.detail = options.detail;
    this.retryable = options.retryable ?? false;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.fields = options.fields ?? [];
  }
}
