import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AppError } from '../../platform/errors/app-error';
import { invalidRequest } from '../../platform/http/validation';

/**
 * Where a consumer stands. One round tells what happened after `from` up to `to`, each user once; `position` is how far
 * into it the consumer is. What happens meanwhile belongs to the next round, whose `from` is this `to`: so that a user who
 * changes while somebody pages is neither moved away from them nor told twice.
 */
export interface FeedPlace {
  from: number;
  to: number;
  position: number;
}

const NUMBERS_LENGTH = 24;
const MAC_LENGTH = 12;

/** Opaque to callers, and good for the feed only whose `key` has signed it. */
export function writeChangeCursor(key: string, { from, to, position }: FeedPlace): string {
  const numbers = Buffer.alloc(NUMBERS_LENGTH);
  [from, to, position].forEach((number, index) => numbers.writeBigUInt64BE(BigInt(number), index * 8));
  return Buffer.concat([numbers, macOf(key, numbers)]).toString('base64url');
}

/** @throws AppError `invalid_request` */
export function readChangeCursor(key: string, cursor: string): FeedPlace {
  const bytes = Buffer.from(cursor, 'base64url');
  const numbers = bytes.subarray(0, NUMBERS_LENGTH);
  // Base64 has several spellings of the same bytes; ours is one.
  const isWhole = bytes.length === NUMBERS_LENGTH + MAC_LENGTH && bytes.toString('base64url') === cursor;
  if (!isWhole || !timingSafeEqual(bytes.subarray(NUMBERS_LENGTH), macOf(key, numbers))) throw badCursor();
  const at = (index: number): number => Number(numbers.readBigUInt64BE(index * 8));
  return { from: at(0), to: at(1), position: at(2) };
}

const macOf = (key: string, numbers: Buffer): Buffer =>
  createHmac('sha256', key).update(numbers).digest().subarray(0, MAC_LENGTH);

const badCursor = (): AppError =>
  invalidRequest([{ field: 'cursor', rule: 'must be `now` or the nextCursor of an earlier answer of this connector' }]);
