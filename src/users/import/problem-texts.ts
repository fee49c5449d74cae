import type { Language } from '../../platform/config/config';
import { MAX_EMAIL_LENGTH } from '../chosen/check-email';
import type { ProblemCode } from './import-problem';
import { MAX_USERS } from './read-import';

/** What the rule is, in the words of a person, by the code of the problem. */
export const PROBLEM_TEXTS: Record<Language, Record<ProblemCode, string>> = {
  en: {
    empty_file: 'The file is empty.',
    spreadsheet: 'This is a workbook. Save it as CSV first (in Excel: File, Save As, “CSV UTF-8”).',
    binary: 'This is not a text file, or one in UTF-16 without a byte order mark. Save it as “CSV UTF-8”.',
    email_column_missing: 'The first line must name the columns, and one of them must be called “email”.',
    email_column_twice: 'Only one column may hold the email.',
    action_column_twice: 'Only one column may hold the action.',
    quote_not_closed: 'A quotation mark on this line is never closed, so the rest of the file cannot be read.',
    line_too_long: 'The line has more than 64 KiB. Perhaps a quotation mark on it is never closed.',
    too_many_users: `The file has more than ${MAX_USERS} users. Divide it.`,
    field_count:
      'The line must have as many fields as the header. Put a value with the separator in it between quotes.',
    email_missing: 'The email is missing.',
    email_form: 'This is not an email address.',
    email_too_long: `The email has more than ${MAX_EMAIL_LENGTH} characters.`,
    bad_encoding: 'The email has bytes that are no characters in the encoding of this file. Save it as “CSV UTF-8”.',
    action_unknown: 'The action must be “add” or “remove”, or empty, which means “add”.',
    contradiction: 'A line before wants the opposite for this user.',
    duplicate: 'This user stands in a line before. This line changes nothing more.',
  },
  de: {
    empty_file: 'Die Datei ist leer.',
    spreadsheet:
      'Das ist eine Arbeitsmappe. Speichern Sie sie zuerst als CSV (in Excel: Datei, Speichern unter, „CSV UTF-8“).',
    binary: 'Das ist keine Textdatei, oder eine in UTF-16 ohne Byte Order Mark. Speichern Sie sie als „CSV UTF-8“.',
    email_column_missing: 'Die erste Zeile muss die Spalten benennen, und eine davon muss „E-Mail“ heißen.',
    email_column_twice: 'Nur eine Spalte darf die E-Mail-Adresse enthalten.',
    action_column_twice: 'Nur eine Spalte darf die Aktion enthalten.',
    quote_not_closed:
      'Ein Anführungszeichen in dieser Zeile wird nie geschlossen, deshalb ist der Rest der Datei nicht lesbar.',
    line_too_long: 'Die Zeile hat mehr als 64 KiB. Vielleicht wird ein Anführungszeichen darin nie geschlossen.',
    too_many_users: `Die Datei hat mehr als ${MAX_USERS} Benutzer. Teilen Sie sie auf.`,
    field_count:
      'Die Zeile muss so viele Felder haben wie die Kopfzeile. Setzen Sie einen Wert mit Trennzeichen in Anführungszeichen.',
    email_missing: 'Die E-Mail-Adresse fehlt.',
    email_form: 'Das ist keine E-Mail-Adresse.',
    email_too_long: `Die E-Mail-Adresse hat mehr als ${MAX_EMAIL_LENGTH} Zeichen.`,
    bad_encoding:
      'Die E-Mail-Adresse enthält Bytes, die in der Kodierung dieser Datei keine Zeichen sind. Speichern Sie sie als „CSV UTF-8“.',
    action_unknown: 'Die Aktion muss „hinzufügen“ oder „entfernen“ sein, oder leer, was „hinzufügen“ bedeutet.',
    contradiction: 'Eine Zeile davor verlangt für diesen Benutzer das Gegenteil.',
    duplicate: 'Dieser Benutzer steht schon in einer Zeile davor. Diese Zeile ändert nichts mehr.',
  },
};
