import { normaliseHa1 } from './ha1';

const MD5 = '939E7578ED9E3C518A452ACEE763BCE9';

describe('normaliseHa1', () => {
  it('lower-cases a hash of the right length', () => {
    expect(normaliseHa1('MD5', ` ${MD5} `)).toBe(MD5.toLowerCase());
    expect(normaliseHa1('SHA-256', MD5 + MD5)).toBe((MD5 + MD5).toLowerCase());
  });

  it.each([
    ['MD5', MD5 + MD5],
    ['SHA-256', MD5],
    ['MD5', MD5.slice(1)],
    ['MD5', `${MD5.slice(1)}g`],
    ['MD5', ''],
    ['MD5', null],
    ['MD5', 12],
  ] as const)('refuses %s %p', (algorithm, value) => {
    expect(normaliseHa1(algorithm, value)).toBeUndefined();
  });
});
