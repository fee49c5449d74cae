export const SEPARATORS = { comma: ',', semicolon: ';', tab: '\t' } as const;
export type SeparatorName = keyof typeof SEPARATORS;
export const SEPARATOR_NAMES = Object.keys(SEPARATORS) as SeparatorName[];

/** Says to a spreadsheet that UTF-8 follows. */
export const BYTE_ORDER_MARK = '\ufeff';

/**
 * Where a spreadsheet begins to read a formula: at the start of a cell, and behind whatever it may take for the end of one, as
 * when somebody opens a file of commas where semicolons are usual. The full-width signs count for some (OWASP, "CSV injection").
 */
const FORMULA = /(?<=^|[,;\t\r\n"])(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])|^(?=[\t\r])/g;
/** A telephone number is read as a number and does nothing; with an apostrophe it would be no number for anybody. */
const TELEPHONE = /^\+\d{1,20}$/;

/** One line of a CSV file (RFC 4180) with its line end. What would be a formula begins with an apostrophe. */
export const csvLine = (cells: readonly string[], separator: SeparatorName): string =>
  `${cells.map((cell) => quote(disarm(cell), SEPARATORS[separator])).join(SEPARATORS[separator])}\r\n`;

const disarm = (cell: string): string => (TELEPHONE.test(cell) ? cell : cell.replace(FORMULA, "'"));

const quote = (cell: string, separator: string): string =>
  /["\r\n]/.test(cell) || cell.includes(separator) ? `"${cell.replaceAll('"', '""')}"` : cell;
