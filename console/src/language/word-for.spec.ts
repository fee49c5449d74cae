import { wordFor } from './word-for';

const WORDS = { zoom: 'Zoom', empty: '' };

test.each([
  ['zoom', 'Zoom'],
  ['empty', ''],
  ['nothing', undefined],
  ['constructor', undefined],
  ['__proto__', undefined],
])('%s is %p', (value, word) => {
  expect(wordFor(WORDS, value)).toBe(word);
});
