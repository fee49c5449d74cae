import type * as OidcProvider from 'oidc-provider';
import type { Logger } from '../platform/logging/logger';

/**
 * oidc-provider writes its notices to the console (that Node 20 is not its favourite, that a default is in use), where
 * they would break our JSON lines. `work` is synchronous, so nobody else's words are caught.
 */
export function noticesToLog<T>(logger: Logger, work: () => T): T {
  const { warn, info } = console;
  const take = (notice: unknown): void => logger.debug({ notice: String(notice) }, 'notice of oidc-provider');
  console.warn = take;
  console.info = take;
  try {
    return work();
  } finally {
    console.warn = warn;
    console.info = info;
  }
}

/** Loaded by the one who serves tokens, not by an import at the top: it takes 0.3 s that the command line need not spend. */
export function loadOidcProvider(logger: Logger): typeof OidcProvider {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an ESM-only package, which Node >= 20.19 can require
  return noticesToLog(logger, () => require('oidc-provider') as typeof OidcProvider);
}
