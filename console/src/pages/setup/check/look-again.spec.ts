import { untilNewLook } from './look-again';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const before = (seconds: number): string => new Date(NOW - seconds * 1000).toISOString();

test.each([
  ['an old look can be replaced at once', 31, 0],
  ['a new one only when the service asks again', 10, 20_250],
  ['a clock of the browser that is behind waits half a minute at most', -3_600, 30_000],
])('%s', (_, age, wait) => {
  expect(untilNewLook(before(age), NOW)).toBe(wait);
});
