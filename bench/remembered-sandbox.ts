import { join } from 'node:path';
import { sandboxUrls } from '../sandbox/urls';
import { startServer } from './api-process';
import type { Bench } from './benchmark';
import { readBothSides } from './read-both-sides';
import { withSandbox, type SandboxPlace } from './sandbox-process';

/**
 * The sandbox with its user lists in memory (remembering-process.ts), read before the work begins. A provider computes its
 * pages elsewhere, the sandbox on the cores of what is measured. Not for work that changes users: it would not see it.
 */
export async function withRememberedSandbox<T>(
  { databaseUrl, users }: Bench,
  work: (place: SandboxPlace) => Promise<T>,
): Promise<T> {
  return withSandbox(users, async ({ urls, ...tokens }) => {
    const { port } = new URL(urls.zoomApi);
    const server = await startServer(join(__dirname, 'remembering-process.js'), { SANDBOX_PORT: port });
    try {
      const place = { ...tokens, urls: sandboxUrls(server.port) };
      await readBothSides(databaseUrl, place);
      return await work(place);
    } finally {
      await server.kill();
    }
  });
}
