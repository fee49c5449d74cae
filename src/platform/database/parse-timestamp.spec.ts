import { types } from 'pg';
import { parseTimestamp } from './parse-timestamp';

const theirs = types.getTypeParser(types.builtins.TIMESTAMPTZ, 'text') as (text: string) => unknown;

describe('parseTimestamp', () => {
  it.each([
    ['2026-11-25 10:00:00+00', '2026-11-25T10:00:00.000Z'],
    ['2026-11-25 10:00:00.5+00', '2026-11-25T10:00:00.500Z'],
    ['2026-02-28 23:59:59.07+00', '2026-02-28T23:59:59.070Z'],
    ['2024-02-29 00:00:00.123999+00', '2024-02-29T00:00:00.123Z'],
    ['1969-12-31 23:59:59.999+00', '1969-12-31T23:59:59.999Z'],
  ])('reads %s', (text, time) => {
    expect(parseTimestamp(text).toISOString()).toBe(time);
  });

  it('reads every millisecond as PostgreSQL writes it', () => {
    for (let ms = 0; ms < 1000; ms += 1) {
      const time = new Date(Date.UTC(2026, 10, 25, 10, 0, 0, ms)).toISOString();
      const fraction = ms === 0 ? '' : `.${String(ms).padStart(3, '0').replace(/0+$/, '')}`;
      expect(parseTimestamp(`2026-11-25 10:00:00${fraction}+00`).toISOString()).toBe(time);
    }
  });

  it.each([
    '2026-11-25 11:00:00+01',
    '2026-11-25 15:30:00.25+05:30',
    '2026-11-25 04:00:00-06',
    '0044-03-15 12:00:00+00 BC',
    '0099-03-15 12:00:00+00',
    '12026-11-25 10:00:00+00',
    'infinity',
    '-infinity',
  ])('leaves %s to pg', (text) => {
    expect(parseTimestamp(text)).toEqual(theirs(text));
  });
});
