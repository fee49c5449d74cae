import { readCallback } from './read-callback';

describe('readCallback', () => {
  it('reads a code, ignoring parameters that it does not know', () => {
    expect(readCallback({ code: 'c', state: 's', extra: 'x' })).toEqual({ kind: 'code', code: 'c', state: 's' });
  });

  it('reads a refusal, also when a code comes with it', () => {
    expect(readCallback({ error: 'access_denied', code: 'c', state: 's' })).toEqual({
      kind: 'refused',
      error: 'access_denied',
      state: 's',
    });
  });

  it.each([
    [{ code: 'c' }, 'state'],
    [{ state: 's' }, 'code'],
    [{ code: ['a', 'b'], state: 's' }, 'code'],
    [{ code: 'c', state: 'x'.repeat(5000) }, 'state'],
  ])('refuses %j naming %s', (query, name) => {
    expect(() => readCallback(query)).toThrow(`"${name}"`);
  });
});
