import { isTimeToCount } from './count-users-anew';

describe('counting users anew', () => {
  it.each([
    [0, 4_999, false],
    [0, 5_000, true],
    [4_999, 5_000, true],
    [5_000, 5_000, false],
    [5_000, 39_999, false],
    [39_500, 40_500, true],
    [40_000, 319_999, false],
    [319_999, 320_000, true],
    [0, 0, false],
  ])('after %i users, with %i: %s', (before, now, isTime) => {
    expect(isTimeToCount(before, now)).toBe(isTime);
  });
});
