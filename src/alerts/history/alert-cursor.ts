import { invalidRequest } from '../../platform/http/validation';

const FORM = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The place of an alert in the list; alerts are written with milliseconds, so nothing is lost. */
export const writeAlertCursor = (at: Date, alertId: string): string =>
  Buffer.from(`${at.toISOString()} ${alertId}`, 'utf8').toString('base64url');

/** @throws AppError `invalid_request` when it is not a cursor of this list */
export function readAlertCursor(cursor: string): { at: string; alertId: string } {
  const [, at = '', alertId = ''] = FORM.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (at === '' || Number.isNaN(Date.parse(at))) {
    throw invalidRequest([{ field: 'cursor', rule: 'must be the nextCursor of an earlier page of this list' }]);
  }
  return { at, alertId };
}
