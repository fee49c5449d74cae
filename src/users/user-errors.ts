import { AppError } from '../platform/errors/app-error';

export const userPending = (): AppError =>
  new AppError('user_pending', 'CloudLink has not authorised this user yet: there are no SIP credentials.', {
    retryable: true,
  });

export const mobileCallingOff = (): AppError =>
  new AppError('mobile_calling_off', 'An admin has switched off calling with mobile apps for this connector.');

export const foreignDevice = (): AppError =>
  new AppError('insufficient_scope', 'This device id belongs to an app of another platform of the user.');
