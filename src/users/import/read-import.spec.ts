import fc from 'fast-check';
import { stringify } from 'csv-stringify/sync';
import { type ProblemCode } from './import-problem';
import { MAX_USERS, readImport, type ImportRead } from './read-import';

const LIMIT = 1_000;

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

const read = (file: string | Buffer, size = 64 * 1024): Promise<ImportRead> =>
  readImport(inPieces(Buffer.from(file as string), size), { maxProblems: LIMIT });

const emails = ({ wishes }: ImportRead): string[] => [...wishes.keys()];
const problems = ({ problems: found }: ImportRead): [number, string | null, ProblemCode, string][] =>
  found.map(({ line, column, code, value }) => [line, column, code, value]);

const swap = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();
/** Only what these tests write: the euro sign is at another place in ISO 8859-1. */
const windows1252 = (text: string): Buffer =>
  Buffer.from([...text].map((character) => (character === '€' ? 0x80 : (character.codePointAt(0) ?? 0))));

const ENCODERS: [name: string, encode: (text: string) => Buffer, encoding: string][] = [
  ['UTF-8', (text) => Buffer.from(text), 'utf-8'],
  ['UTF-8 with BOM', (text) => Buffer.from(`\uFEFF${text}`), 'utf-8'],
  ['UTF-16 LE with BOM', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'), 'utf-16le'],
  ['UTF-16 BE with BOM', (text) => swap(Buffer.from(`\uFEFF${text}`, 'utf16le')), 'utf-16be'],
  ['Windows-1252', windows1252, 'windows-1252'],
];
const SEPARATORS: [name: string, character: string][] = [
  ['semicolon', ';'],
  ['comma', ','],
  ['tab', '\t'],
];
const BREAKS: [name: string, characters: string][] = [
  ['CRLF', '\r\n'],
  ['LF', '\n'],
  ['CR', '\r'],
];

describe('readImport', () => {
  const table = ENCODERS.flatMap(([name, encode, encoding]) =>
    SEPARATORS.flatMap(([separator, s]) =>
      BREAKS.map(([breaks, b]) => ({ name: `${name}, ${separator}, ${breaks}`, encode, encoding, separator, s, b })),
    ),
  );

  it.each(table)('reads $name, in whatever pieces it comes', async ({ encode, encoding, separator, s, b }) => {
    const file = encode(
      [
        ['Größe', 'E-Mail-Adresse', 'Aktion', 'Preis'],
        ['', '', '', ''],
        [`"a${s}b${b}""c"""`, 'JÖRG@Example.com', 'hinzufügen', '5 €'],
        ['', 'max@example.com', 'Löschen', ''],
        ['', 'nobody', '', ''],
      ]
        .map((fields) => fields.join(s))
        .join(b),
    );
    for (const size of [1, 2, 3, 7, 1024]) {
      const result = await read(file, size);
      expect([...result.wishes]).toEqual([
        ['jörg@example.com', 'add'],
        ['max@example.com', 'remove'],
      ]);
      expect(problems(result)).toEqual([[6, 'E-Mail-Adresse', 'email_form', 'nobody']]);
      expect(result).toMatchObject({ encoding, separator, lines: 3, invalid: 1, isUsable: true });
      expect(result.ignoredColumns).toEqual(['Größe', 'Preis']);
    }
  });

  it.each(['email', 'E-Mail', 'e-mail', 'E-Mail-Adresse', 'Email Address', 'Zoom Email', ' "E-Mail Adresse" ', 'MAIL'])(
    'knows the column %s',
    async (name) => expect(emails(await read(`Name,${name}\nA,a@b.de\n`))).toEqual(['a@b.de']),
  );

  it.each([';', ',', '\t'])('believes the first line sep=%j', async (separator) => {
    const others = [';', ',', '\t']
      .filter((one) => one !== separator)
      .join('')
      .repeat(3);
    for (const size of [1, 1024]) {
      const file = `sep=${separator}\r\nemail${separator}a${others}\r\na@b.de${separator}"x"\r\nb${separator}`;
      const result = await read(file, size);
      expect([emails(result), problems(result)]).toEqual([['a@b.de'], [[4, 'email', 'email_form', 'b']]]);
    }
  });

  it('counts lines as an editor does: blank ones, and breaks between quotes', async () => {
    const result = await read('\n\nemail,note\n\na@b.de,"1\n2\r\n3"\n , \nx,"\n"\ny,\n');
    expect(problems(result).map(([line, , , value]) => [line, value])).toEqual([
      [9, 'x'],
      [11, 'y'],
    ]);
  });

  it('takes the first of a user who stands there twice, and tells of the others', async () => {
    const result = await read('email,action\na@b.de,\nA@B.de,add\na@b.de,remove\n');
    expect([...result.wishes]).toEqual([['a@b.de', 'add']]);
    expect(problems(result)).toEqual([
      [3, 'email', 'duplicate', 'a@b.de'],
      [4, 'email', 'contradiction', 'a@b.de'],
    ]);
    expect(result).toMatchObject({ duplicates: 1, invalid: 1, lines: 3 });
  });

  it.each<[line: string, code: ProblemCode, column: string | null, value: string]>([
    [',', 'email_missing', 'email', ''],
    ['nobody,', 'email_form', 'email', 'nobody'],
    ['a@b@c,', 'email_form', 'email', 'a@b@c'],
    ['Erika <e@x.de>,', 'email_form', 'email', 'Erika <e@x.de>'],
    [`${'a'.repeat(250)}@x.de,`, 'email_too_long', 'email', `${'a'.repeat(80)}…`],
    ['"a@\nb.de",', 'email_form', 'email', 'a@ b.de'],
    ['a@b.de,perhaps', 'action_unknown', 'Action', 'perhaps'],
    ['a@b.de', 'field_count', null, '1'],
    ['a@b.de,add,x', 'field_count', null, '3'],
  ])('refuses the line %j', async (line, code, column, value) => {
    const result = await read(`email,Action\nfirst@b.de,\n${line === ',' ? '"",add' : line}\nlast@b.de,\n`);
    expect(problems(result)).toEqual([[3, column, code, value]]);
    expect([emails(result), result.invalid]).toEqual([['first@b.de', 'last@b.de'], 1]);
  });

  it('names everything that is wrong with a line', async () => {
    expect(problems(await read('email,action\nx,y\n')).map(([, , code]) => code)).toEqual([
      'email_form',
      'action_unknown',
    ]);
  });

  it('finds bytes that are no characters where they matter, and nowhere else', async () => {
    const file = Buffer.concat([
      Buffer.from('email,name\nä@b.de,ä\nc@d.de,'),
      Buffer.from([0xfc]),
      Buffer.from('\nm'),
      Buffer.from([0xfc]),
      Buffer.from('@b.de,\n'),
    ]);
    const result = await read(file);
    expect([emails(result), problems(result)]).toEqual([
      ['ä@b.de', 'c@d.de'],
      [[4, 'email', 'bad_encoding', 'm\uFFFD@b.de']],
    ]);
  });

  it.each<[name: string, file: string | Buffer, code: ProblemCode, line: number]>([
    ['nothing', '', 'empty_file', 1],
    ['a byte order mark', '\uFEFF', 'empty_file', 1],
    ['blank lines', '\r\n \r\n', 'empty_file', 1],
    ['.xlsx', Buffer.from('PK\u0003\u0004 and so on'), 'spreadsheet', 1],
    ['.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'spreadsheet', 1],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), 'binary', 1],
    ['UTF-16 without a mark', Buffer.from('email\na@b.de\n', 'utf16le'), 'binary', 1],
    ['U+0000', 'email\na\u0000@b.de\n', 'binary', 1],
    ['no header', 'a@b.de\nc@d.de\n', 'email_column_missing', 1],
    ['a header of others', '\nName;Telefon\nErika;1\n', 'email_column_missing', 2],
    ['two columns', 'email,E-Mail\na@b.de,a@b.de\n', 'email_column_twice', 1],
    ['two actions', 'email,action,Aktion\na@b.de,,\n', 'action_column_twice', 1],
    ['an open quote', 'email,name\na@b.de,x\nc@d.de,"never\nmore\n', 'quote_not_closed', 3],
    ['an open quote before much', `email,name\na@b.de,x\nc@d.de,"${'x\n'.repeat(50_000)}`, 'line_too_long', 3],
    ['an endless header', 'x'.repeat(100_000), 'line_too_long', 1],
  ])('cannot use %s', async (_name, file, code, line) => {
    for (const size of [1, 64 * 1024]) {
      if (size === 1 && file.length > 1000) continue;
      const result = await read(file, size);
      expect([result.isUsable, problems(result).map(([at, , found]) => [at, found])]).toEqual([false, [[line, code]]]);
    }
  });

  it('reads a header with one column as one, and a quote in the middle of a name as it is', async () => {
    expect(emails(await read('email\na@b.de\nc@d.de'))).toEqual(['a@b.de', 'c@d.de']);
    expect(emails(await read('name,email\nO"Brien "x",a@b.de\n'))).toEqual(['a@b.de']);
  });

  it('reads back what an export made harmless', async () => {
    expect(emails(await read("email\n'+49@b.de\n'=x@b.de\n'a@b.de\n"))).toEqual(['+49@b.de', '=x@b.de', "'a@b.de"]);
  });

  it('keeps some problems, and counts all', async () => {
    const result = await read(`email\n${'x\n'.repeat(LIMIT + 5)}`);
    expect([result.problems.length, result.problemCount, result.invalid]).toEqual([LIMIT, LIMIT + 5, LIMIT + 5]);
  });

  it('ends at so many users that they would fill the memory', async () => {
    async function* many(): AsyncGenerator<Buffer> {
      yield Buffer.from('email\n');
      for (let user = 0; user <= MAX_USERS; user += 1000)
        yield Buffer.from(Array.from({ length: 1000 }, (_, n) => `u${user + n}@b.de\n`).join(''));
    }
    const result = await readImport(many(), { maxProblems: LIMIT });
    expect([result.isUsable, result.wishes.size, problems(result).map(([line, , code]) => [line, code])]).toEqual([
      false,
      MAX_USERS,
      [[MAX_USERS + 2, 'too_many_users']],
    ]);
  });

  it('throws what its bytes throw', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield Buffer.from('email\na@b.de\n');
      throw new Error('gone');
    }
    await expect(readImport(broken(), { maxProblems: LIMIT })).rejects.toThrow('gone');
  });

  it('reads back whatever another program writes', async () => {
    const note = fc.string({ unit: 'binary', maxLength: 20 }).filter((text) => !text.includes('\u0000'));
    const name = fc.stringMatching(/^[a-zäöü0-9.+_-]{1,20}$/);
    const rows = fc.uniqueArray(fc.record({ name, note }), { selector: (row) => row.name, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.constantFrom(';', ',', '\t'),
        fc.constantFrom('\r\n', '\n', '\r'),
        fc.boolean(),
        fc.integer({ min: 1, max: 50 }),
        async (users, delimiter, newline, bom, size) => {
          const wanted = users.map((row) => `${row.name}@example.com`);
          const file = stringify([['note', 'email'], ...users.map((row, n) => [row.note, wanted[n] ?? ''])], {
            delimiter,
            bom,
            record_delimiter: newline,
            // It quotes only the breaks that it uses itself.
            quoted: true,
          });
          const result = await read(Buffer.from(file), size);
          expect([emails(result), problems(result)]).toEqual([wanted, []]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
