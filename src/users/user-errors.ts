import { AppError } from '../platform/errors/app-error';

export const userPending = (): AppError =>
  new AppError('user_pending', 'CloudLink has not authorised this user yet: there are no SIP credentials.', {
    retryable: true,
  });

export const foreignDevice = (): AppError =>
  new AppError('insufficient_scope', 'This device id belongs to an app of another platform of the user.');
