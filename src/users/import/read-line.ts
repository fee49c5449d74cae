import { readEmail, type EmailFault } from '../chosen/check-email';
import type { Wish } from '../chosen/decide-choice';
import type { LineFault } from './import-problem';
import type { Columns } from './read-header';

const WISHES: ReadonlyMap<string, Wish> = new Map([
  ...['', 'add', 'hinzufügen', 'hinzufuegen', 'anlegen', 'aufnehmen'].map((word) => [word, 'add'] as const),
  ...['remove', 'delete', 'entfernen', 'löschen', 'loeschen'].map((word) => [word, 'remove'] as const),
]);

const EMAIL_FAULTS: Record<EmailFault, LineFault> = {
  missing: 'email_missing',
  too_long: 'email_too_long',
  form: 'email_form',
};

/** What is wrong with a line: at the column with this index, or as a whole. */
export interface LineProblem {
  code: LineFault;
  index: number | undefined;
  value: string;
}

/** What a line wants, or everything that is wrong with it. */
export function readLine(
  fields: readonly string[],
  columns: Columns,
): { email: string; wish: Wish } | { problems: LineProblem[] } {
  if (fields.length !== columns.names.length)
    return { problems: [{ code: 'field_count', index: undefined, value: String(fields.length) }] };
  const [email, wish] = [emailOf(fields, columns.email), wishOf(fields, columns.action)];
  if (typeof email === 'string' && typeof wish === 'string') return { email, wish };
  return { problems: [email, wish].filter((read) => typeof read === 'object') };
}

function emailOf(fields: readonly string[], index: number): string | LineProblem {
  const value = withoutGuard(fields[index] ?? '');
  if (value.includes('\uFFFD')) return { code: 'bad_encoding', index, value };
  const read = readEmail(value);
  return 'email' in read ? read.email : { code: EMAIL_FAULTS[read.fault], index, value };
}

function wishOf(fields: readonly string[], index: number | undefined): Wish | LineProblem {
  const value = index === undefined ? '' : (fields[index] ?? '');
  return WISHES.get(value.trim().normalize('NFC').toLowerCase()) ?? { code: 'action_unknown', index, value };
}

/** An export sets an apostrophe before what a spreadsheet would take for a formula. */
const withoutGuard = (value: string): string => value.trim().replace(/^'(?=[=+\-@＝＋－＠])/, '');
