import { parseRetryAfter } from './parse-retry-after';

const now = new Date('2026-11-24T10:00:00.000Z');

describe('parseRetryAfter', () => {
  it.each([
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['an HTTP date', { 'retry-after': 'Tue, 24 Nov 2026 10:00:30 GMT' }, 30_000],
    ['an ISO date-time, as Zoom sends for daily limits', { 'retry-after': '2026-11-25T00:00:00Z' }, 14 * 3_600_000],
    ['a date in the past', { 'retry-after': '2026-11-24T09:00:00Z' }, 0],
    ['Zoom’s reset in epoch seconds', { 'x-ratelimit-reset': String(now.getTime() / 1000 + 2) }, 2_000],
    ['nothing', {}, undefined],
    ['rubbish', { 'retry-after': 'later' }, undefined],
  ])('%s', (_name, headers, expected) => {
    expect(parseRetryAfter(headers, now)).toBe(expected);
  });
});
