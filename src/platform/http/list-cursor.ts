import { invalidRequest } from './validation';

/** The last key of a page, opaque to callers. */
export const writeCursor = (key: string): string => Buffer.from(key, 'utf8').toString('base64url');

/** @throws AppError `invalid_request` when it is not a cursor of this list */
export function readCursor(cursor: string, form: RegExp): string {
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!form.test(key)) throw badCursor();
  return key;
}

export const badCursor = (): Error =>
  invalidRequest([{ field: 'cursor', rule: 'must be the nextCursor of an earlier page of this list' }]);
