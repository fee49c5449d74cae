import { provesChallenge } from './check-pkce';

// RFC 7636 appendix B
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

describe('provesChallenge', () => {
  it.each([
    ['the right verifier', CHALLENGE, 'S256', VERIFIER, true],
    ['the challenge instead of the verifier', CHALLENGE, 'S256', CHALLENGE, false],
    ['no verifier', CHALLENGE, 'S256', undefined, false],
    ['plain, equal', VERIFIER, 'plain', VERIFIER, true],
    ['plain, other', VERIFIER, 'plain', 'x', false],
    ['no challenge was given', undefined, 'plain', undefined, true],
  ])('%s', (_what, challenge, method, verifier, proven) => {
    expect(provesChallenge(challenge, method, verifier)).toBe(proven);
  });
});
