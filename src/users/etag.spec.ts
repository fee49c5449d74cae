import { etagOf, matchesEtag } from './etag';

describe('entity tags', () => {
  it('are equal for equal bodies only', () => {
    expect(etagOf('{"a":1}')).toBe(etagOf('{"a":1}'));
    expect(etagOf('{"a":1}')).not.toBe(etagOf('{"a":2}'));
    expect(etagOf('ä')).toMatch(/^"[\w-]{22}"$/);
  });

  it.each<[string | undefined, boolean]>([
    [undefined, false],
    ['', false],
    ['"x"', true],
    ['W/"x"', true],
    ['"y", W/"x"', true],
    ['"y"', false],
    ['x', false],
    ['*', true],
  ])('%s', (header, matches) => {
    expect(matchesEtag(header, '"x"')).toBe(matches);
  });
});
