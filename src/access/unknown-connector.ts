import { AppError } from '../platform/errors/app-error';

/** The one answer for a foreign, a malformed and an unknown connector id: nobody learns which ids exist. */
export const unknownConnector = (): AppError => new AppError('not_found', 'There is no such connector.');
