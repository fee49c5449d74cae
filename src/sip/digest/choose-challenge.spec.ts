import { chooseChallenge, type Hashes } from './choose-challenge';
import { parseChallenges } from './parse-challenges';

const MD5 = 'a'.repeat(32);
const SHA = 'b'.repeat(64);
const SHA512 = 'c'.repeat(64);
const offer = (algorithm: string, realm = 'mitel.test', rest = ', qop="auth"'): string =>
  `Digest realm="${realm}", nonce="n-${algorithm}"${algorithm === '' ? '' : `, algorithm=${algorithm}`}${rest}`;

const choose = (values: string[], hashes: Hashes): string => {
  const choice = chooseChallenge(parseChallenges(values), 'mitel.test', hashes);
  return choice.kind === 'chosen' ? `${choice.algorithm} ${choice.ha1[0] ?? ''}` : JSON.stringify(choice);
};

describe('chooseChallenge', () => {
  it.each([
    [
      'both offered, both at hand: the one that the registrar lists first',
      ['SHA-256', 'MD5'],
      { MD5, 'SHA-256': SHA },
      'SHA-256 b',
    ],
    ['the order of the registrar counts, not ours', ['MD5', 'SHA-256'], { MD5, 'SHA-256': SHA }, 'MD5 a'],
    ['both offered, MD5 at hand', ['SHA-256', 'MD5'], { MD5 }, 'MD5 a'],
    ['both offered, SHA-256 at hand', ['MD5', 'SHA-256'], { 'SHA-256': SHA }, 'SHA-256 b'],
    ['SHA-512-256', ['SHA-512-256', 'MD5'], { MD5, 'SHA-512-256': SHA512 }, 'SHA-512-256 c'],
    ['no algorithm counts as MD5', [''], { MD5 }, 'MD5 a'],
    ['in lower case', ['sha-256'], { 'SHA-256': SHA }, 'SHA-256 b'],
    ['an algorithm that nobody knows is passed over', ['AKAv1-MD5', 'MD5-sess', 'MD5'], { MD5 }, 'MD5 a'],
    ['only the other one', ['SHA-256'], { MD5 }, '{"kind":"algorithm_not_offered","offered":["SHA-256"]}'],
    ['MD5 only, SHA-256 at hand', [''], { 'SHA-256': SHA }, '{"kind":"algorithm_not_offered","offered":["MD5"]}'],
  ] as [string, string[], Hashes, string][])('%s', (_, offered, hashes, expected) => {
    expect(
      choose(
        offered.map((algorithm) => offer(algorithm)),
        hashes,
      ),
    ).toBe(expected);
  });

  it('answers in the realm of the hash only, whatever stands before it', () => {
    const values = [offer('SHA-256', 'other.test'), offer('MD5')];
    expect(choose(values, { MD5, 'SHA-256': SHA })).toBe('MD5 a');
    expect(choose([offer('MD5', 'other.test'), offer('SHA-256', 'other.test')], { MD5 })).toBe(
      '{"kind":"realm_mismatch","realms":["other.test"]}',
    );
    // A realm is compared as it is: its case is part of what was hashed.
    expect(choose([offer('MD5', 'Mitel.test')], { MD5 })).toContain('realm_mismatch');
  });

  it('cannot answer what wants the body protected only', () => {
    expect(choose([offer('MD5', 'mitel.test', ', qop="auth-int"')], { MD5 })).toContain('algorithm_not_offered');
    expect(choose([offer('MD5', 'mitel.test', '')], { MD5 })).toBe('MD5 a');
  });

  it('has nothing to choose from without a challenge', () => {
    expect(choose(['Basic realm="mitel.test"', 'Digest nonce="n"', 'Digest realm="mitel.test"'], { MD5 })).toBe(
      '{"kind":"no_challenge"}',
    );
  });
});

describe('parseChallenges', () => {
  it('reads every word, quoted or not, in any order and case', () => {
    const value =
      'DIGEST  QOP="auth,auth-int" ,stale=TRUE, opaque="a,\\"b",Nonce="n=1",realm="r, s" , algorithm="SHA-256"';
    expect(parseChallenges([value])).toEqual([
      { realm: 'r, s', nonce: 'n=1', opaque: 'a,"b', algorithm: 'SHA-256', qop: ['auth', 'auth-int'], stale: true },
    ]);
  });

  it('reads several in one field, and passes over other schemes between them', () => {
    const value = `${offer('SHA-256')}, Bearer realm="x", error="y", ${offer('MD5')}`;
    expect(parseChallenges([value]).map(({ algorithm, nonce }) => [algorithm, nonce])).toEqual([
      ['SHA-256', 'n-SHA-256'],
      ['MD5', 'n-MD5'],
    ]);
  });
});
