import { pipeline, Readable } from 'node:stream';
import { parse, type Parser } from 'csv-parse';
import { SEPARATORS, type SeparatorName } from '../export/csv-line';
import { UnusableFile } from './import-problem';

/** One record of the file, with the line on which it begins. */
export interface CsvRecord {
  line: number;
  fields: string[];
}

/** No line of a list of users is longer; a quote that is never closed would make one of the rest of the file. */
const MAX_RECORD_BYTES = 64 * 1024;

/** The records of a CSV text (RFC 4180, and what Excel makes of it), blank ones left out. */
export class CsvReading {
  separator: SeparatorName = 'comma';
  /** Of the record that the parser is at. */
  private line = 1;
  /** Of the records that it has read and nobody has taken yet. */
  private readonly starts: number[] = [];
  private fault: UnusableFile | undefined;

  /** All records before a fault come first. @throws UnusableFile `quote_not_closed`, `line_too_long` */
  async *records(text: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
    const source = text[Symbol.asyncIterator]();
    const start = this.readStart(await takeHeader(source));
    const parser: Parser & AsyncIterable<string[]> = this.parser();
    pipeline(Readable.from(this.untilFault(start, source)), parser, () => undefined);
    for await (const fields of parser) {
      const line = this.starts.shift() ?? this.line;
      if (fields.some((field) => field.trim() !== '')) yield { line, fields };
    }
    if (this.fault !== undefined) throw this.fault;
  }

  private parser(): Parser {
    return parse({
      delimiter: SEPARATORS[this.separator],
      record_delimiter: ['\r\n', '\n', '\r'],
      // Judged by us.
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: MAX_RECORD_BYTES,
      // An error would throw away the records that nobody has taken yet.
      skip_records_with_error: true,
      on_skip: (error) => {
        const code = error?.code === 'CSV_QUOTE_NOT_CLOSED' ? 'quote_not_closed' : 'line_too_long';
        this.fault ??= new UnusableFile(code, this.line);
        return undefined;
      },
      on_record: (fields) => {
        if (this.fault !== undefined) return null;
        this.starts.push(this.line);
        this.line += 1 + fields.reduce((sum, field) => sum + breaksIn(field), 0);
        return fields;
      },
    });
  }

  private async *untilFault(start: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
    try {
      if (start !== '') yield start;
      while (this.fault === undefined) {
        const next = await rest.next();
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      await rest.return?.();
    }
  }

  /** Finds the separator. Excel writes and reads a first line `sep=;`, which is no part of the table. */
  private readStart(start: string): string {
    const told = /^sep=([,;\t])(\r\n|\n|\r|$)/i.exec(start);
    if (told !== null) {
      this.separator = nameOf(told[1] ?? '');
      this.line += 1;
      return start.slice(told[0].length);
    }
    this.separator = findSeparator(start);
    return start;
  }
}

const nameOf = (character: string): SeparatorName =>
  character === ';' ? 'semicolon' : character === '\t' ? 'tab' : 'comma';

/** The one that stands most often in the first line with something on it, outside quotes; none: it has one column. */
function findSeparator(start: string): SeparatorName {
  const [header] = headerOf(start);
  const outside = header.replace(/"[^"]*("|$)/g, '');
  const count = (separator: SeparatorName): number => outside.split(SEPARATORS[separator]).length;
  return (['comma', 'semicolon', 'tab'] as const).reduce((best, one) => (count(one) > count(best) ? one : best));
}

/** The first line with something on it, and whether it is whole. A line break between quotes does not end it. */
function headerOf(start: string): [header: string, isWhole: boolean] {
  const found = /^[ \r\n]*((?:"[^"]*"|[^"\r\n])+)([\r\n])?/.exec(start);
  return [found?.[1] ?? start, found?.[2] !== undefined];
}

/** Enough of the text to see the header. */
async function takeHeader(source: AsyncIterator<string>): Promise<string> {
  let start = '';
  // A line that ends with CR may end with CR LF.
  while (start.length < MAX_RECORD_BYTES && (!headerOf(start)[1] || start.endsWith('\r'))) {
    const next = await source.next();
    if (next.done === true) break;
    start += next.value;
  }
  return start;
}

const breaksIn = (field: string): number => (/[\r\n]/.test(field) ? field.split(/\r\n|\n|\r/).length - 1 : 0);
