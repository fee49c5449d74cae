import { AppError } from '../platform/errors/app-error';

/** The same for an unknown and for a removed user. */
export const unknownUser = (): AppError => new AppError('not_found', 'There is no such user in this connector.');

export const userPending = (): AppError =>
  new AppError('user_pending', 'CloudLink has not authorised this user yet: there are no SIP credentials.', {
    retryable: true,
  });
