import { localeOf } from './locale';

describe('whose habits dates are written by', () => {
  it.each([
    ['en', ['en-US', 'en'], 'en-US'],
    ['en', ['de-DE', 'de', 'en-GB'], 'en-GB'],
    ['en', ['de-DE', 'de'], 'en-GB'],
    ['en', ['enx'], 'en-GB'],
    ['de', ['en-US', 'de-AT'], 'de-AT'],
    ['de', ['en-US'], 'de'],
    ['de', [], 'de'],
  ] as const)('%s, where the browser prefers %j: %s', (language, preferred, locale) => {
    expect(localeOf(language, preferred)).toBe(locale);
  });
});
