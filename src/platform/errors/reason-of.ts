import { AppError } from './app-error';

/** What went wrong, for a log line. Our own errors carry a detail that is fit for it; that of a database error quotes rows. */
export function reasonOf(error: unknown): string {
  if (error instanceof AppError) return `${error.message}${error.detail === undefined ? '' : ` (${error.detail})`}`;
  return error instanceof Error ? error.message : String(error);
}
