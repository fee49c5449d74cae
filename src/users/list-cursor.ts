import { createHash } from 'node:crypto';
import type { AppError } from '../platform/errors/app-error';
import { invalidRequest } from '../platform/http/validation';
import type { UserFilter } from './user-filter';

const MAX_EMAIL_LENGTH = 254;

/** The last email of a page, opaque to callers and valid for one list only: that of this connector and filter. */
export function writeCursor(connectorId: string, filter: UserFilter, email: string): string {
  return Buffer.from(JSON.stringify([listId(connectorId, filter), email]), 'utf8').toString('base64url');
}

/** The email after which the page begins. @throws AppError `invalid_request` */
export function readCursor(connectorId: string, filter: UserFilter, cursor: string): string {
  const content = parse(cursor);
  if (!Array.isArray(content) || content.length !== 2) throw badCursor('must be the nextCursor of an earlier page');
  const [list, email] = content as unknown[];
  // Nobody signs it, so what is inside is as foreign as any field: PostgreSQL takes no U+0000.
  if (typeof email !== 'string' || email.length > MAX_EMAIL_LENGTH || email.includes('\u0000')) {
    throw badCursor('must be the nextCursor of an earlier page');
  }
  if (list !== listId(connectorId, filter)) throw badCursor('belongs to a list with another filter');
  return email;
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function listId(connectorId: string, { status, platform, missing, q }: UserFilter): string {
  const list = JSON.stringify([connectorId, status ?? null, platform ?? null, missing ?? null, q ?? null]);
  return createHash('sha256').update(list).digest('base64url').slice(0, 12);
}

const badCursor = (rule: string): AppError => invalidRequest([{ field: 'cursor', rule }]);
