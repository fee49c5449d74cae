import { shorten, UnusableFile } from './import-problem';

/** Where the columns that count are in every record. */
export interface Columns {
  email: number;
  /** undefined: every line adds. */
  action: number | undefined;
  /** As the header names them. */
  names: string[];
  /** Those that do not count. */
  ignored: string[];
}

/** Of an answer: a file of an HR system may have hundreds. */
const MAX_IGNORED = 50;

/** Compared without capitals, spaces and signs: `E-Mail-Adresse` is `emailadresse`. */
const EMAIL = new Set([
  'email',
  'emails',
  'emailaddress',
  'emailadresse',
  'mail',
  'mailaddress',
  'mailadresse',
  'useremail',
  'useremailaddress',
  'benutzeremail',
  'zoomemail',
  'zoomemailaddress',
  'zoomemailadresse',
]);
const ACTION = new Set(['action', 'aktion', 'operation', 'vorgang']);

/** @throws UnusableFile `email_column_missing`, `email_column_twice`, `action_column_twice` */
export function readHeader(fields: readonly string[], line: number): Columns {
  const names = fields.map((field) => shorten(field.trim()));
  const plain = fields.map(plainName);
  const those = (known: ReadonlySet<string>): number[] =>
    plain.flatMap((name, index) => (known.has(name) ? [index] : []));
  const [[email, secondEmail], [action, secondAction]] = [those(EMAIL), those(ACTION)];
  if (email === undefined) throw new UnusableFile('email_column_missing', line, null, shorten(names.join(' | ')));
  if (secondEmail !== undefined) throw new UnusableFile('email_column_twice', line, names[secondEmail] ?? null);
  if (secondAction !== undefined) throw new UnusableFile('action_column_twice', line, names[secondAction] ?? null);
  const ignored = names.filter((name, index) => name !== '' && index !== email && index !== action);
  return { email, action, names, ignored: ignored.slice(0, MAX_IGNORED) };
}

const plainName = (field: string): string =>
  field
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
