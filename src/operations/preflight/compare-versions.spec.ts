import * as fc from 'fast-check';
import { compareVersions, isAtLeast, parseVersion } from './compare-versions';

describe('versions of an app', () => {
  it.each([
    ['6.3.6', true],
    ['6.3.6.1234(win)', true],
    ['6.3.10', true],
    ['6.10.0', true],
    ['7', true],
    ['v6.4.0-beta', true],
    [' 6.3.6', true],
    ['6.3.5', false],
    ['6.3.5.99999(mac)', false],
    ['6.3', false],
    ['5.17.11', false],
    ['6.2.60', false],
    ['', undefined],
    ['latest', undefined],
    ['six', undefined],
    ['.6.3.6', undefined],
    ['6..3', undefined],
    ['9999999999.0', undefined],
  ])('%j at least 6.3.6: %p', (text, expected) => {
    expect(isAtLeast(text, '6.3.6')).toBe(expected);
  });

  it('takes missing numbers for 0 and ignores the platform', () => {
    expect(compareVersions([6, 3], [6, 3, 0])).toBe(0);
    expect(parseVersion('5.9.6.4993(mac)')).toEqual([5, 9, 6, 4993]);
  });

  it('is an order: exactly one of less, equal, greater, and it reverses', () => {
    const version = fc.array(fc.nat(20), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b))).toBe(0 - Math.sign(compareVersions(b, a)));
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0)
          expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
        expect(compareVersions(a, [...a, 1])).toBeLessThan(0);
      }),
    );
  });
});
