import { stringify } from 'csv-stringify/sync';
import type { Language } from '../../platform/config/config';
import { describeProblem } from './describe-import';
import type { ImportProblem } from './import-problem';

/** Excel in German expects a semicolon, and a byte order mark for UTF-8. What it would take for a formula is made harmless. */
export const writeCsv = (rows: readonly (readonly string[])[], language: Language): string =>
  stringify([...rows], {
    bom: true,
    delimiter: language === 'de' ? ';' : ',',
    record_delimiter: 'windows',
    escape_formulas: true,
  });

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
