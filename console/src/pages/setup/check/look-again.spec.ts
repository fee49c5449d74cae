import { isBeforeSync, untilNewLook } from './look-again';

const NOW = Date.parse('2026-11-29T12:00:00Z');

describe('untilNewLook', () => {
  test.each([
    ['an old look can be replaced at once', 31, 0],
    ['a new one only when the service asks again', 10, 20_250],
    ['a clock that was set back meanwhile waits half a minute at most', -3_600, 30_000],
  ])('%s', (_, age, wait) => {
    expect(untilNewLook(NOW - age * 1000, NOW)).toBe(wait);
  });

  test('without a look there is nothing to wait for', () => {
    expect(untilNewLook(0, NOW)).toBe(0);
  });
});

describe('isBeforeSync', () => {
  const [EARLY, SYNCED, LATE] = ['2026-11-29T11:59:00Z', '2026-11-29T12:00:00Z', '2026-11-29T12:00:03Z'];

  test.each([
    ['there was no sync', LATE, null, null, false],
    ['looked before it', EARLY, null, SYNCED, true],
    ['an old answer after it', EARLY, SYNCED, SYNCED, true],
    ['the look under way began before it', LATE, null, SYNCED, true],
    ['the look under way began before a second one', LATE, EARLY, SYNCED, true],
    ['looked after it', LATE, SYNCED, SYNCED, false],
  ])('%s', (_, checkedAt, afterSync, syncedAt, isBefore) => {
    expect(isBeforeSync({ checkedAt, afterSync }, syncedAt)).toBe(isBefore);
  });
});
