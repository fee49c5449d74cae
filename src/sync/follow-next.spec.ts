import { followNext, UNTROUBLED } from './follow-next';

/** How many pages are read of a list that has `before` pages and then a loop of `length`. */
function pagesUntilCaught(before: number, length: number): number {
  let guard = UNTROUBLED;
  for (let page = 0; page < 1000; page += 1) {
    const position = page < before ? page : before + ((page - before) % length);
    try {
      guard = followNext(guard, `/psi?$skiptoken=${position}`, 'CloudLink');
    } catch {
      return page;
    }
  }
  return 1000;
}

describe('followNext', () => {
  it.each([
    [0, 1],
    [1, 1],
    [0, 2],
    [5, 3],
    [7, 40],
    [100, 1],
  ])('catches a loop after %i pages of length %i within thrice its way', (before, length) => {
    const caught = pagesUntilCaught(before, length);
    expect(caught).toBeGreaterThan(0);
    expect(caught).toBeLessThanOrEqual(3 * (before + length) + 1);
  });

  it('lets a long list pass, but not an endless one', () => {
    let guard = UNTROUBLED;
    for (let page = 0; page < 5_000; page += 1) guard = followNext(guard, String(page), 'Zoom');
    expect(guard.pages).toBe(5_000);
    expect(() => followNext({ pages: 100_000, anchor: null }, 'x', 'Zoom')).toThrow('Zoom keeps sending links');
  });
});
