import { CommanderError } from 'commander';
import { AppError } from '../platform/errors/app-error';
import { ConfigError } from '../platform/config/read-environment';

/** What a failed command tells: `code` is stable, `message` is for a person, `exitCode` 2 means that it was called wrongly. */
export interface CliFailure {
  code: string;
  message: string;
  exitCode: 1 | 2;
}

const failed = (code: string, message: string): CliFailure => ({ code, message, exitCode: 1 });

/** PostgreSQL error codes and socket errors that a person at the command line can do something about. */
const DATABASE_SENTENCES: Record<string, [code: string, sentence: string]> = {
  '42P01': [
    'not_migrated',
    'The database has no tables of this program yet. Start the program once, or run: npm run migrate',
  ],
  '42703': ['not_migrated', 'The tables are older than this program. Run: npm run migrate'],
  '28P01': ['database_refused', 'The database refuses the user or the password of DATABASE_URL.'],
  '28000': ['database_refused', 'The database refuses the user of DATABASE_URL.'],
  '3D000': ['database_refused', 'The database that DATABASE_URL names does not exist.'],
  ECONNREFUSED: [
    'database_unreachable',
    'The database cannot be reached: nothing listens at its address. Is it running?',
  ],
  ENOTFOUND: ['database_unreachable', 'The database cannot be reached: the host of DATABASE_URL is unknown.'],
  ETIMEDOUT: ['database_unreachable', 'The database cannot be reached: it does not answer.'],
};

/** One sentence for every error, never a stack trace. */
export function explainError(error: unknown): CliFailure {
  if (error instanceof CommanderError)
    return { code: 'usage', message: error.message.replace(/^error: /, ''), exitCode: 2 };
  if (error instanceof AppError) return failed(error.code, error.message);
  if (error instanceof ConfigError) return failed('misconfigured', error.message);
  if (!(error instanceof Error)) return failed('internal_error', String(error));
  const { code, name, message } = error as NodeJS.ErrnoException;
  const [stable, sentence] = DATABASE_SENTENCES[code ?? ''] ?? [];
  if (stable !== undefined && sentence !== undefined) return failed(stable, sentence);
  if (name === 'EmbeddedPostgresError') return failed(code ?? 'embedded_postgres', message);
  if (name === 'DecryptionError')
    return failed('misconfigured', `${message}. Is ENCRYPTION_KEYS the one that the program runs with?`);
  return failed('internal_error', message === '' ? name : message);
}
