import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvLine, SEPARATOR_NAMES, SEPARATORS, type SeparatorName } from './csv-line';

const cell = (text: string): string => csvLine([text], 'comma').slice(0, -2);

describe('a line of CSV', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1+1', "'+1+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t'=1"],
    ['\rx', `"'\rx"`],
    ['  =1', "'  =1"],
    ['＝1', "'＝1"],
    ['a;=1', "a;'=1"],
    ['a\n=1', `"a\n'=1"`],
    ['a"=1', `"a""'=1"`],
    ['+4989700720', '+4989700720'],
    ['+49 89', "'+49 89"],
    ['+49891+cmd', "'+49891+cmd"],
    ['Anna-Lena Müller', 'Anna-Lena Müller'],
    ['a=b@example.com', 'a=b@example.com'],
    ['', ''],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
  ])('writes %j as %j', (text, expected) => {
    expect(cell(text)).toBe(expected);
  });

  it('is read back as it was, but for apostrophes, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 5 }),
        fc.constantFrom(...SEPARATOR_NAMES),
        (cells: string[], separator: SeparatorName) => {
          const [read = []] = parse(csvLine(cells, separator), {
            delimiter: SEPARATORS[separator],
            record_delimiter: '\r\n',
          });
          const bare = (text: string): string => text.replaceAll("'", '');
          expect(read.map(bare)).toEqual(cells.map(bare));
        },
      ),
    );
  });

  it('has no cell that begins as a formula does, whatever separator it is read with', () => {
    const nasty = fc
      .array(fc.constantFrom('=', '+', '-', '@', '\t', '\r', ',', ';', 'a', '1', '"', '\n'), { maxLength: 8 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(nasty, fc.constantFrom(...SEPARATOR_NAMES), (text, separator) => {
        const line = csvLine(['x', text, 'x'], separator);
        for (const part of line.split(/[,;\t"\r\n]/)) if (!/^\+\d+$/.test(part)) expect(part).not.toMatch(/^[=+\-@]/);
      }),
    );
  });
});
