import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processIdentity } from './process-identity';

/** The node process that started (or is just starting) the server of a data folder. */
export interface Owner {
  pid: number;
  identity: string;
}

/** `previous` is an owner that died without giving the folder back: a server that still runs is its orphan. */
export type Claim =
  { held: true; previous: Owner | undefined; release: () => Promise<void> } | { held: false; owner: Owner };

/**
 * Makes this process the owner of the data folder unless a living process is. The file is written beside and linked in:
 * link(2) fails when the name exists, so one of many wins, and nobody ever reads half a file.
 */
export async function claimOwnership(dataDir: string): Promise<Claim> {
  const file = join(dataDir, 'postgres-owner.json');
  const own = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  const self: Owner = { pid: process.pid, identity: (await processIdentity(process.pid)) ?? 'unknown' };
  try {
    await writeFile(own, `${JSON.stringify(self)}\n`);
    for (;;) {
      if (await linkNew(own, file)) return { held: true, previous: undefined, release: releaseOnce(file, self) };
      const text = await readIfThere(file);
      if (text === undefined) continue;
      const owner = parseOwner(text);
      if (owner && (await lives(owner))) return { held: false, owner };
      if (await takeOver(file, text, own)) return { held: true, previous: owner, release: releaseOnce(file, self) };
    }
  } finally {
    await rm(own, { force: true });
  }
}

/** Replaces a dead owner's file. One at a time: of two that saw the same dead owner, the slower would oust the faster. */
async function takeOver(file: string, seen: string, own: string): Promise<boolean> {
  const guard = `${file}.takeover`;
  if (!(await linkNew(own, guard))) {
    const holder = parseOwner((await readIfThere(guard)) ?? '');
    if (holder && !(await lives(holder))) await rm(guard, { force: true });
    await sleep(5);
    return false;
  }
  try {
    if ((await readIfThere(file)) !== seen) return false;
    await rename(own, file);
    return true;
  } finally {
    await rm(guard, { force: true });
  }
}

/** Once only: a later claim of this same process is not this one's to give back. */
function releaseOnce(file: string, self: Owner): () => Promise<void> {
  let released: Promise<void> | undefined;
  const release = async () => {
    const owner = parseOwner((await readIfThere(file)) ?? '');
    if (owner?.pid === self.pid && owner.identity === self.identity) await rm(file, { force: true });
  };
  return () => (released ??= release());
}

const lives = async ({ pid, identity }: Owner) => (await processIdentity(pid)) === identity;

function parseOwner(text: string): Owner | undefined {
  try {
    const { pid, identity } = JSON.parse(text) as Partial<Owner>;
    return typeof pid === 'number' && typeof identity === 'string' ? { pid, identity } : undefined;
  } catch {
    return undefined;
  }
}

const readIfThere = (file: string) => readFile(file, 'utf8').catch(unless('ENOENT', undefined));
const linkNew = (from: string, to: string) => link(from, to).then(() => true, unless('EEXIST', false));

function unless<T>(code: string, otherwise: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === code) return otherwise;
    throw error;
  };
}
