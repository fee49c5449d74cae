import { AppError } from '../platform/errors/app-error';

const MAX_NAME_LENGTH = 100;

/** @throws AppError `invalid_request` for a name that is too long or cannot be shown */
export function checkClientName(name: string): void {
  if (name.length > MAX_NAME_LENGTH || /[\u0000-\u001f\u007f]/.test(name)) {
    throw new AppError(
      'invalid_request',
      `A name has at most ${MAX_NAME_LENGTH} characters and no control characters.`,
      { fields: [{ field: 'name', rule: `must have at most ${MAX_NAME_LENGTH} printable characters` }] },
    );
  }
}
