import { ConfigError } from './platform/config/read-environment';
import { DecryptionError } from './platform/crypto/envelope';
import { EmbeddedPostgresError } from './platform/database/embedded/embedded-postgres-error';
import { StartupError } from './startup-error';

/** What an operator can act on as a sentence; anything else with its stack, because it is a fault of ours. */
export function explainStart(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StartupError || error instanceof EmbeddedPostgresError) {
    return error.message;
  }
  if (error instanceof DecryptionError) {
    return `ENCRYPTION_KEYS does not fit this database (${error.message}). Give the keys that it was used with: the old ones behind the new one.`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
