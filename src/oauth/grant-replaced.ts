import { AppError } from '../platform/errors/app-error';
import { PROVIDER_NAMES, type Provider } from './provider';

/** The grant that was asked for is out of use, and another one is active in its place: ask again for that one. */
export class GrantReplaced extends AppError {
  constructor(provider: Provider) {
    super(
      'provider_unavailable',
      `The authorisation at ${PROVIDER_NAMES[provider]} was replaced by another admin’s: try again.`,
      { retryable: true, retryAfterSeconds: 0 },
    );
  }
}

export const needsAdmin = (provider: Provider): AppError =>
  new AppError(
    'reauthorization_required',
    `The authorisation at ${PROVIDER_NAMES[provider]} is no longer valid: an admin must authorise again.`,
  );
