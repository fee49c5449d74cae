import fc from 'fast-check';
import { searchPattern } from './search-pattern';

describe('searchPattern', () => {
  it.each([
    ['Ab1', '[aA][bB]1'],
    ['ü', '[üÜ]'],
    ['u\u0308', '[üÜ]'],
    ['ß', 'ß'],
    ['.*[](){}+?^$|\\', '\\.\\*\\[\\]\\(\\)\\{\\}\\+\\?\\^\\$\\|\\\\'],
    ['a b', '[aA] [bB]'],
  ])('%j → %j', (text, pattern) => {
    expect(searchPattern(text)).toBe(pattern);
  });

  it('finds every ASCII text in itself, and its length in nothing else', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        expect(new RegExp(`^${searchPattern(text)}$`).test(text)).toBe(true);
      }),
    );
  });
});
