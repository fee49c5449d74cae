import { types } from 'pg';

const parseAny = types.getTypeParser(types.builtins.TIMESTAMPTZ, 'text') as (text: string) => Date;

/** `2026-11-25 10:00:00+00`, with up to six digits of a second: what a session whose time zone is UTC writes. */
const SECONDS_END = 19;
const MICROSECONDS_LENGTH = 29;
const CODE_0 = 48;

/**
 * A timestamptz as text to a Date, in milliseconds. pg's own reads it by a regular expression, which took 0.8 µs for each of
 * the six times of a status read; this takes 0.1. Whatever looks different (another zone, infinity, BC) is left to pg.
 */
export function parseTimestamp(text: string): Date {
  const { length } = text;
  // Date.UTC takes the years below 100 for those of 1900.
  if (length > MICROSECONDS_LENGTH || text[10] !== ' ' || text.startsWith('0') || !text.endsWith('+00'))
    return parseAny(text);
  const milliseconds = length === SECONDS_END + 3 ? 0 : fraction(text, length - 3);
  const at = Date.UTC(
    digits(text, 0) * 100 + digits(text, 2),
    digits(text, 5) - 1,
    digits(text, 8),
    digits(text, 11),
    digits(text, 14),
    digits(text, 17),
    milliseconds,
  );
  return Number.isNaN(at) ? parseAny(text) : new Date(at);
}

const digit = (text: string, index: number): number => text.charCodeAt(index) - CODE_0;
const digits = (text: string, index: number): number => digit(text, index) * 10 + digit(text, index + 1);

/** PostgreSQL leaves out zeros at the end. Digits beyond the third are cut off, as pg does. */
function fraction(text: string, end: number): number {
  let milliseconds = 0;
  for (let index = SECONDS_END + 1, unit = 100; unit >= 1; index += 1, unit /= 10)
    if (index < end) milliseconds += digit(text, index) * unit;
  return milliseconds;
}
