/** Why the file as a whole cannot be used, whatever else is in it. */
export const FILE_FAULTS = [
  'empty_file',
  'spreadsheet',
  'binary',
  'email_column_missing',
  'email_column_twice',
  'action_column_twice',
  'quote_not_closed',
  'line_too_long',
  'too_many_users',
] as const;
export type FileFault = (typeof FILE_FAULTS)[number];

/** Why one line cannot be used. */
export const LINE_FAULTS = [
  'field_count',
  'email_missing',
  'email_form',
  'email_too_long',
  'bad_encoding',
  'action_unknown',
  'contradiction',
] as const;
export type LineFault = (typeof LINE_FAULTS)[number];

/** `duplicate` is only a notice: the email stands in the file before. */
export type ProblemCode = FileFault | LineFault | 'duplicate';

/** What is wrong at one place of a file. */
export interface ImportProblem {
  /** As an editor counts, from 1. */
  line: number;
  /** As the header names it; null: the whole line, or the whole file. */
  column: string | null;
  code: ProblemCode;
  /** Shortened; empty where no value is wrong. */
  value: string;
}

const MAX_VALUE_LENGTH = 80;

/** A value of a file as it may be shown: one line, and not a megabyte of it. */
export function shorten(value: string): string {
  const [...characters] = value.slice(0, 2 * MAX_VALUE_LENGTH + 2);
  const start = characters.slice(0, MAX_VALUE_LENGTH).join('');
  return (start.length < value.length ? `${start}…` : value).replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');
}

/** Ends the reading of a file. */
export class UnusableFile extends Error {
  constructor(
    readonly code: FileFault,
    /** undefined: where the reader is. */
    readonly line?: number,
    readonly column: string | null = null,
    readonly value = '',
  ) {
    super(code);
    this.name = 'UnusableFile';
  }
}
