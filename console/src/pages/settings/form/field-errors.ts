import { ApiError } from '../../../api/problem';
import type { Language } from '../../../language/language';
import { sayRule } from './say-rule';

/** What is wrong with each field, as the API names them; empty when the error is about something else. */
export function fieldErrors(error: unknown, language: Language): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries((error.problem.errors ?? []).map(({ field, rule }) => [field, sayRule(rule, language)]));
}
