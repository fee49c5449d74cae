import { toApiError, unreachable, type ApiError } from '../../api/problem';
import type { ImportProgress, ImportResult } from './import-result';
import { createLineReader } from './ndjson';
import { parse } from './parse';

/** What the service says line by line. */
type Line =
  { progress: { lines: number; users: number } } | { result: ImportResult } | { problem: { status: number } & object };

/** The answer to an import as it grows. A line that was cut, or that nobody understands, is passed over. */
export class ImportAnswer {
  private outcome: ImportResult | ApiError | undefined;
  private readonly readLines: (text: string) => void;

  constructor(onProgress: (progress: Pick<ImportProgress, 'lines' | 'users'>) => void) {
    this.readLines = createLineReader((text) => {
      const line = parse(text) as Line | null | undefined;
      if (typeof line !== 'object' || line === null) return;
      if ('progress' in line) onProgress({ lines: line.progress.lines, users: line.progress.users });
      else if ('result' in line) this.outcome = line.result;
      else if ('problem' in line) this.outcome = toApiError(line.problem.status, line.problem);
    });
  }

  /** @param text all that has come so far */
  read(text: string): void {
    this.readLines(text);
  }

  /** @returns what it came to; `unreachable` when it was cut before that was said */
  end(text: string): ImportResult | ApiError {
    this.readLines(`${text}\n`);
    return this.outcome ?? unreachable();
  }
}
