import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processIdentity } from './process-identity';

/** The node process that started (or is just starting) the server of a data folder. */
export interface Owner {
  pid: number;
  identity: string;
}

/** `previous` is an owner that died without giving the folder back: a server that still runs is its orphan. */
export type Claim =
  { held: true; previous: Owner | undefined; release: () => Promise<void> } | { held: false; owner: Owner };

async function readOwner(file: string): Promise<Owner | undefined> {
  try {
    const { pid, identity } = JSON.parse(await readFile(file, 'utf8')) as Partial<Owner>;
    return typeof pid === 'number' && typeof identity === 'string' ? { pid, identity } : undefined;
  } catch {
    return undefined;
  }
}

const same = (a: Owner | undefined, b: Owner | undefined) => a?.pid === b?.pid && a?.identity === b?.identity;

async function removeOwn(file: string, self: Owner): Promise<void> {
  if (same(await readOwner(file), self)) await rm(file, { force: true });
}

/**
 * Makes this process the owner of the data folder unless a living process is. The file is written beside and linked in:
 * link(2) fails when the name exists, so one of many wins, and nobody ever reads half a file. Should two processes take
 * over from the same dead owner within microseconds, PostgreSQL's own postmaster.pid is the second barrier.
 */
export async function claimOwnership(dataDir: string): Promise<Claim> {
  const file = join(dataDir, 'postgres-owner.json');
  const self: Owner = { pid: process.pid, identity: (await processIdentity(process.pid)) ?? 'unknown' };
  const own = `${file}.${process.pid}.tmp`;
  const stale = `${file}.${process.pid}.stale`;
  let released: Promise<void> | undefined;
  // Once only: a later claim of this same process is not this one's to give back.
  const release = () => (released ??= removeOwn(file, self));
  let previous: Owner | undefined;
  try {
    await writeFile(own, `${JSON.stringify(self)}\n`);
    for (;;) {
      const won = await link(own, file).then(
        () => true,
        (error: NodeJS.ErrnoException) => (error.code === 'EEXIST' ? false : Promise.reject(error)),
      );
      if (won) return { held: true, previous, release };
      const owner = await readOwner(file);
      if (owner && (await processIdentity(owner.pid)) === owner.identity) return { held: false, owner };
      previous = owner ?? previous;
      // Whoever renames it away looks at what it got: a new owner may have put its own file there meanwhile.
      if (!(await rename(file, stale).then(() => true, gone))) continue;
      if (!same(await readOwner(stale), owner)) await link(stale, file).catch(() => undefined);
      await rm(stale, { force: true });
    }
  } finally {
    await rm(own, { force: true });
  }
}

function gone(error: NodeJS.ErrnoException): false {
  if (error.code === 'ENOENT') return false;
  throw error;
}
