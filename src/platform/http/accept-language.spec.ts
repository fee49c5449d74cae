import { chooseLanguage } from './accept-language';

describe('chooseLanguage', () => {
  it.each([
    [undefined, 'en'],
    ['de-DE,de;q=0.9,en;q=0.8', 'de'],
    ['en-GB,de;q=0.9', 'en'],
    ['fr,de;q=0.5,en;q=0.4', 'de'],
    ['de;q=0,en;q=0.1', 'en'],
    ['*', 'en'],
    ['zh', 'en'],
    [';;;q=,,de;q=x', 'en'],
  ])('%s → %s', (header, language) => {
    expect(chooseLanguage(header)).toBe(language);
  });
});
