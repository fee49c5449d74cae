import type { Language } from '../../platform/config/config';
import { BYTE_ORDER_MARK, csvLine } from '../export/csv-line';
import { describeProblem } from './describe-import';
import type { ImportProblem } from './import-problem';

/** Excel in German expects a semicolon, and a byte order mark for UTF-8. */
const writeCsv = (rows: readonly (readonly string[])[], language: Language): string =>
  BYTE_ORDER_MARK + rows.map((row) => csvLine(row, language === 'de' ? 'semicolon' : 'comma')).join('');

const HEADERS: Record<Language, readonly string[]> = {
  en: ['line', 'column', 'severity', 'rule', 'value'],
  de: ['Zeile', 'Spalte', 'Schwere', 'Regel', 'Wert'],
};

/** What is wrong with a file, as a file. `count`: of all problems, also those that are not at hand. */
export function writeProblems(problems: readonly ImportProblem[], count: number, language: Language): string {
  const rows = problems.map((problem) => {
    const { line, column, severity, rule, value } = describeProblem(problem, language);
    return [String(line), column ?? '', severity, rule, value];
  });
  const more = count - problems.length;
  const rest = more === 0 ? [] : [['', '', '', language === 'de' ? `… und ${more} weitere` : `… and ${more} more`, '']];
  return writeCsv([HEADERS[language], ...rows, ...rest], language);
}

const SAMPLES: Record<Language, readonly (readonly string[])[]> = {
  en: [
    ['email', 'action'],
    ['erika.mueller@example.com', 'add'],
    ['max.mustermann@example.com', 'remove'],
  ],
  de: [
    ['E-Mail', 'Aktion'],
    ['erika.mueller@example.com', 'hinzufügen'],
    ['max.mustermann@example.com', 'entfernen'],
  ],
};

/** A file as the import wants it. */
export const writeSample = (language: Language): string => writeCsv(SAMPLES[language], language);
