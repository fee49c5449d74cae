import type { Wish } from '../chosen/decide-choice';
import { TextDecoding, type Encoding } from './decode-text';
import { shorten, UnusableFile, type ImportProblem, type ProblemCode } from './import-problem';
import type { SeparatorName } from '../export/csv-line';
import { CsvReading, type CsvRecord } from './read-csv';
import { readHeader, type Columns } from './read-header';
import { readLine } from './read-line';

/** All in memory until the whole file is known: 100 bytes each. */
export const MAX_USERS = 500_000;

export interface ReadOptions {
  /** How many problems are kept; the others are counted. */
  maxProblems: number;
  /** After each record. */
  onRecord?: (line: number) => void;
}

/** What a file wants, and everything that is wrong with it. */
export class ImportRead {
  readonly wishes = new Map<string, Wish>();
  readonly problems: ImportProblem[] = [];
  /** Records with something on them, without the header. */
  lines = 0;
  /** Of them, those that cannot be used. */
  invalid = 0;
  /** Of them, those whose email stands in the file before. */
  duplicates = 0;
  problemCount = 0;
  /** False: the file, or its rest, could not be read. */
  isUsable = true;
  ignoredColumns: string[] = [];
  encoding: Encoding = 'utf-8';
  separator: SeparatorName = 'comma';

  constructor(private readonly maxProblems: number) {}

  take({ line, fields }: CsvRecord, columns: Columns): void {
    this.lines += 1;
    const read = readLine(fields, columns);
    if ('problems' in read) {
      this.invalid += 1;
      for (const { code, index, value } of read.problems) this.note(code, line, columnOf(columns, index), value);
      return;
    }
    const earlier = this.wishes.get(read.email);
    if (earlier === undefined) {
      if (this.wishes.size === MAX_USERS) throw new UnusableFile('too_many_users', line);
      this.wishes.set(read.email, read.wish);
    } else if (earlier === read.wish) {
      this.duplicates += 1;
      this.note('duplicate', line, columnOf(columns, columns.email), read.email);
    } else {
      this.invalid += 1;
      this.note('contradiction', line, columnOf(columns, columns.email), read.email);
    }
  }

  refuse(fault: UnusableFile, line: number): void {
    this.isUsable = false;
    this.invalid += 1;
    this.note(fault.code, fault.line ?? line, fault.column, fault.value);
  }

  private note(code: ProblemCode, line: number, column: string | null, value: string): void {
    this.problemCount += 1;
    if (this.problems.length < this.maxProblems) this.problems.push({ line, column, code, value: shorten(value) });
  }
}

const columnOf = (columns: Columns, index: number | undefined): string | null =>
  index === undefined ? null : (columns.names[index] ?? null);

/**
 * Reads a file of users from its bytes, in one pass. Nothing in the file makes this throw: what is wrong is in the result.
 * @throws what the stream of bytes throws
 */
export async function readImport(bytes: AsyncIterable<Buffer>, options: ReadOptions): Promise<ImportRead> {
  const decoding = new TextDecoding();
  const csv = new CsvReading();
  const result = new ImportRead(options.maxProblems);
  let columns: Columns | undefined;
  try {
    for await (const record of csv.records(decoding.decode(bytes))) {
      if (columns === undefined) columns = readHeader(record.fields, record.line);
      else result.take(record, columns);
      options.onRecord?.(result.lines);
    }
    if (columns === undefined) throw new UnusableFile('empty_file', 1);
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error;
    result.refuse(error, 1);
  }
  return Object.assign(result, {
    ignoredColumns: columns?.ignored ?? [],
    encoding: decoding.encoding,
    separator: csv.separator,
  });
}
