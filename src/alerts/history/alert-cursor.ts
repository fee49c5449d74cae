import { badCursor, readCursor, writeCursor } from '../../platform/http/list-cursor';

const FORM = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The place of an alert in the list; alerts are written with milliseconds, so nothing is lost. */
export const writeAlertCursor = (at: Date, alertId: string): string => writeCursor(`${at.toISOString()} ${alertId}`);

/** @throws AppError `invalid_request` when it is not a cursor of this list */
export function readAlertCursor(cursor: string): { at: string; alertId: string } {
  const [at = '', alertId = ''] = readCursor(cursor, FORM).split(' ');
  if (Number.isNaN(Date.parse(at))) throw badCursor();
  return { at, alertId };
}
