import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { passwordFile } from './cluster-password';
import { explainOutput } from './explain-failure';
import type { PlatformBinaries } from './platform-binaries';
import type { RunAs } from './run-as';
import { ended, spawnProgram } from './spawn-program';

export const superuser = 'connector';

/**
 * Runs initdb (0.5–0.8 s) in a folder beside and renames it, so that `postgres` exists whole or not at all: a start that
 * was killed half way is simply done again. The name is new each time, because an initdb that lost its node process may
 * still be writing for a moment.
 */
export async function makeCluster(
  dataDir: string,
  { runAs, binaries, signal }: { runAs: RunAs; binaries: PlatformBinaries; signal: AbortSignal },
): Promise<void> {
  const unfinished = join(dataDir, `postgres.new-${randomBytes(4).toString('hex')}`);
  try {
    await mkdir(unfinished, { mode: 0o700 });
    if (runAs.owner) await chown(unfinished, runAs.owner.uid, runAs.owner.gid);
    const lines: string[] = [];
    const child = spawnProgram(binaries.initdb, initdbArguments(unfinished, passwordFile(dataDir)), {
      runAs,
      binaries,
      onLine: (line) => lines.push(line),
    });
    const stop = () => child.kill('SIGTERM');
    signal.addEventListener('abort', stop);
    const { code } = await ended(child);
    signal.removeEventListener('abort', stop);
    signal.throwIfAborted();
    if (code !== 0) throw explainOutput(lines, dataDir);
    await rename(unfinished, join(dataDir, 'postgres'));
  } finally {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
  }
}

/**
 * `--locale=C` needs no locale of the operating system (a slim image has none). The builtin provider brings Unicode
 * upper and lower case on top of it (in plain C, lower('Ü') stays 'Ü'), with the same order by code point.
 */
function initdbArguments(folder: string, pwfile: string): string[] {
  return [
    ...['-D', folder],
    ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ...['--auth=scram-sha-256', `--username=${superuser}`, `--pwfile=${pwfile}`, '--no-instructions'],
  ];
}

/**
 * Takes away what killed first starts left. Their initdb may still be writing or tidying up for some 100 ms, during
 * which a folder is not empty again at once: 10 tries, each waiting 20 ms longer. What stays is taken by a later start.
 */
export async function removeHalfMade(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (!name.startsWith('postgres.new')) continue;
    const patience = { maxRetries: 10, retryDelay: 20 };
    await rm(join(dataDir, name), { recursive: true, force: true, ...patience }).catch(() => undefined);
  }
}
