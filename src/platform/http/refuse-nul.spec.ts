import { findForbidden } from './refuse-nul';

describe('findForbidden', () => {
  it('finds U+0000 in values and names, and says where', () => {
    expect(findForbidden({ a: { b: ['x', 'y\u0000'] } })).toEqual([
      { field: 'a.b.1', rule: 'must not contain the character U+0000' },
    ]);
    expect(findForbidden({ 'a\u0000': 1 })).toHaveLength(1);
    expect(findForbidden({ a: 'ü€😀', b: null, c: 1 })).toEqual([]);
    expect(findForbidden(undefined)).toEqual([]);
  });

  it.each(['[', '{"a":'])('refuses half a million %s without overflowing the stack', (bracket) => {
    const depth = 5_000;
    const text = `${bracket.repeat(depth)}1${(bracket === '[' ? ']' : '}').repeat(depth)}`;
    expect(findForbidden(JSON.parse(text))).toMatchObject([{ rule: expect.stringContaining('nested deeper') }]);
    let deep: unknown = 1;
    for (let level = 0; level < 500_000; level += 1) deep = [deep];
    expect(findForbidden(deep)).toHaveLength(1);
  });
});
