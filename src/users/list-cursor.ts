import { createHash } from 'node:crypto';
import type { AppError } from '../platform/errors/app-error';
import { invalidRequest } from '../platform/http/validation';
import { SORT_KEYS } from './sort-keys';
import type { UserFilter } from './user-filter';
import type { UserOrder, UserPlace } from './user-order';

const MAX_EMAIL_LENGTH = 254;

/** A list of users: what a cursor is valid for. */
export interface UserListing {
  connectorId: string;
  filter: UserFilter;
  order: UserOrder;
}

/** Where a page ends, opaque to callers and valid for one list only: that of this connector, filter and order. */
export function writeCursor(listing: UserListing, { key, email }: UserPlace): string {
  return Buffer.from(JSON.stringify([listId(listing), key, email]), 'utf8').toString('base64url');
}

/** The place after which the page begins. @throws AppError `invalid_request` */
export function readCursor(listing: UserListing, cursor: string): UserPlace {
  const content = parse(cursor);
  if (!Array.isArray(content) || content.length !== 3) throw badCursor('must be the nextCursor of an earlier page');
  const [list, key, email] = content as unknown[];
  // Nobody signs it, so what is inside is as foreign as any field: PostgreSQL takes no U+0000.
  if (typeof email !== 'string' || email.length > MAX_EMAIL_LENGTH || email.includes('\u0000')) {
    throw badCursor('must be the nextCursor of an earlier page');
  }
  if (list !== listId(listing)) throw badCursor('belongs to a list with another filter or order');
  return { key: readKey(listing.order, key), email };
}

function readKey({ sort }: UserOrder, key: unknown): string | null {
  const { isNullable, form } = SORT_KEYS[sort];
  if (key === null && isNullable) return null;
  if (typeof key === 'string' && form.test(key)) return key;
  throw badCursor('must be the nextCursor of an earlier page');
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function listId({ connectorId, filter, order }: UserListing): string {
  const { status, platform, missing, q, pbx, code } = filter;
  const list = [connectorId, status, platform, missing, q, pbx, code, order.sort, order.order];
  // An undefined becomes null.
  return createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 12);
}

const badCursor = (rule: string): AppError => invalidRequest([{ field: 'cursor', rule }]);
