import { AppError } from '../platform/errors/app-error';

/** The same error, and the authorization at us that waits for the sign-in that has failed: another person may try. */
export class SignInFailed extends AppError {
  constructor(
    error: AppError,
    readonly interaction: string,
  ) {
    super(error.code, error.message, {
      ...(error.detail === undefined ? {} : { detail: error.detail }),
      retryable: error.retryable,
      fields: error.fields,
      cause: error.cause ?? error,
    });
  }
}
