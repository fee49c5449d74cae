import { checkCsrf, csrfTokenOf } from './csrf-token';

const SECRET = 'a'.repeat(43);
const check = (method: string, headers: Record<string, string | string[]>): void =>
  checkCsrf({ method, headers }, SECRET, 'https://host.example/zoom');
const right = { 'x-csrf-token': csrfTokenOf(SECRET) };

describe('checkCsrf', () => {
  it.each(['GET', 'HEAD', 'OPTIONS'])('lets %s pass, which changes nothing', (method) => {
    expect(() => check(method, { origin: 'https://evil.example' })).not.toThrow();
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('wants the token with %s, and no other origin', (method) => {
    expect(() => check(method, right)).not.toThrow();
    expect(() => check(method, { ...right, origin: 'https://host.example' })).not.toThrow();
    const refused: Record<string, string | string[]>[] = [
      {},
      { 'x-csrf-token': csrfTokenOf('b'.repeat(43)) },
      { 'x-csrf-token': [csrfTokenOf(SECRET), 'x'] },
      { ...right, origin: 'http://host.example' },
      { ...right, origin: 'https://host.example:8443' },
      { ...right, origin: 'null' },
    ];
    for (const headers of refused)
      expect(() => check(method, headers)).toThrow(expect.objectContaining({ code: 'csrf_token_invalid' }));
  });

  it('has a token that does not tell the secret', () => {
    expect(csrfTokenOf(SECRET)).not.toContain(SECRET.slice(0, 8));
  });
});
