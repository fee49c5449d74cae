import type { AsyncLocalStorage } from 'node:async_hooks';
import { dirname, join } from 'node:path';

/**
 * What oidc-provider keeps the context of a request in. Once it was used, Node before 24 runs hooks around every promise and
 * every callback of the process, for good. Nobody asks for a context between two token requests, so it is switched off after
 * each; the next one switches it on again by itself. The package does not export it, hence its file.
 */
export function requestContexts(): Pick<AsyncLocalStorage<unknown>, 'disable'> {
  const file = join(dirname(require.resolve('oidc-provider')), 'helpers', 'als.js');
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- by its path: what a package exports does not name it
  return (require(file) as { default: AsyncLocalStorage<unknown> }).default;
}

/** How many requests are in the hands of any server of this process: they share the one place. */
let inHand = 0;

/** Answers a request of oidc-provider, and switches its contexts off when there is none left. */
export async function withRequestContexts(answer: () => Promise<void>): Promise<void> {
  inHand += 1;
  try {
    await answer();
  } finally {
    inHand -= 1;
    if (inHand === 0) requestContexts().disable();
  }
}
