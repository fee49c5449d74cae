/** Why the embedded PostgreSQL cannot serve; closed, so that callers can decide by it. */
export type EmbeddedPostgresErrorCode =
  | 'unsupported_platform'
  | 'no_permission'
  | 'no_ordinary_user'
  | 'nameless_user'
  | 'data_folder_invalid'
  | 'not_a_cluster'
  | 'wrong_version'
  | 'cluster_damaged'
  | 'password_mismatch'
  | 'disk_full'
  | 'already_running'
  | 'port_unavailable'
  | 'start_timeout'
  | 'start_failed';

/** The message is one sentence for the person at the terminal: what is wrong and what to do next. Holds no secret. */
export class EmbeddedPostgresError extends Error {
  readonly code: EmbeddedPostgresErrorCode;

  constructor(code: EmbeddedPostgresErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'EmbeddedPostgresError';
    this.code = code;
  }
}
