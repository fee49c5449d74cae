import { AppError } from '../platform/errors/app-error';
import { asText } from '../platform/remote/read-fields';

/**
 * Where a list goes on; the last page has an empty one. A list of which we cannot read where it goes on must not count as
 * read to its end: whoever comes after would be taken for missing. @throws AppError `provider_answer_invalid`
 */
export function readPageToken(value: unknown): string | undefined {
  const next = asText(value, 4096);
  if (next === undefined && value !== undefined && value !== null && value !== '') {
    throw new AppError('provider_answer_invalid', 'Zoom sent a page token that this program cannot use.');
  }
  return next;
}
