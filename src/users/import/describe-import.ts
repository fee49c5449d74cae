import type { Language } from '../../platform/config/config';
import type { ImportProblem } from './import-problem';
import type { ImportResult } from './import-users.service';
import type { ImportProblemDto, ImportResultDto } from './import.dto';
import { PROBLEM_TEXTS } from './problem-texts';

export function describeImport(result: ImportResult, dryRun: boolean, language: Language): ImportResultDto {
  const { read, at, counts, membership } = result;
  return {
    dryRun,
    applied: at !== undefined,
    at: at?.toISOString() ?? null,
    membership,
    usable: read.isUsable,
    lines: read.lines,
    added: counts.insert + counts.bring_back,
    pinned: counts.pin,
    alreadyThere: counts.already_there,
    removed: counts.remove,
    released: counts.release,
    notThere: counts.not_there,
    duplicates: read.duplicates,
    invalid: read.invalid,
    problems: read.problems.map((problem) => describeProblem(problem, language)),
    problemsCut: read.problemCount > read.problems.length,
    encoding: read.encoding,
    separator: read.separator,
    ignoredColumns: read.ignoredColumns,
  };
}

export const describeProblem = (
  { line, column, code, value }: ImportProblem,
  language: Language,
): ImportProblemDto => ({
  line,
  column,
  code,
  severity: code === 'duplicate' ? 'notice' : 'error',
  rule: PROBLEM_TEXTS[language][code],
  value,
});
