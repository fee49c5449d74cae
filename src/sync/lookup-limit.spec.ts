import { lookupLimit } from './lookup-limit';

describe('lookupLimit', () => {
  it.each([
    [0, 10],
    [41, 10],
    [44, 11],
    [400, 100],
    [800, 200],
    [1_000_000, 200],
  ])('with %i users stored is %i', (present, limit) => {
    expect(lookupLimit(present)).toBe(limit);
  });
});
