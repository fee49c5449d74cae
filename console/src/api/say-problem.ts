import { wordFor } from '../language/word-for';
import { ApiError } from './problem';

/** A problem in the words for its code, else in the API's own, else as what it is: one that we do not know. */
export function sayProblem(error: unknown, words: Readonly<Record<string, string>>): string {
  const problem = error instanceof ApiError ? error.problem : undefined;
  const said = [wordFor(words, problem?.code ?? 'internal_error'), problem?.detail, problem?.title];
  return said.find((text) => text !== undefined && text !== '') ?? words['internal_error'] ?? '';
}
