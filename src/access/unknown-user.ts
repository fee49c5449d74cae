import { AppError } from '../platform/errors/app-error';

/** The one answer for an unknown and a removed user, and for any user but its own to an app: nobody learns who exists. */
export const unknownUser = (): AppError => new AppError('not_found', 'There is no such user in this connector.');
