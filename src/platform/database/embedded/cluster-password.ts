import { randomBytes } from 'node:crypto';
import { chown, link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunAs } from './run-as';

export const passwordFile = (dataDir: string): string => join(dataDir, 'postgres-password');

/** The password of the cluster; undefined when the file is missing or empty. */
export async function readPassword(dataDir: string): Promise<string | undefined> {
  const text = await readFile(passwordFile(dataDir), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.trim() || undefined;
}

/**
 * Makes the password of a new cluster: 256 random bits in characters that need no escaping in a URL. Kept when there is
 * one already (initdb was killed after it was written). Given to the server's user, because initdb reads it as that user.
 */
export async function makePassword(dataDir: string, runAs: RunAs): Promise<string> {
  const file = passwordFile(dataDir);
  if ((await readPassword(dataDir)) === undefined) {
    const temporary = `${file}.${randomBytes(4).toString('hex')}.tmp`;
    try {
      await writeFile(temporary, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flush: true });
      await rm(file, { force: true });
      await link(temporary, file);
    } finally {
      await rm(temporary, { force: true });
    }
  }
  if (runAs.owner) await chown(file, runAs.owner.uid, runAs.owner.gid);
  return (await readPassword(dataDir)) ?? '';
}
