import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error';
import { sentenceFor } from './explain-failure';
import type { Owner } from './ownership';
import { readPostmasterPid } from './postmaster-pid';
import { isPostgresOf } from './process-identity';
import { stopInSteps } from './stop-in-steps';

/**
 * Clears the way for a new server. Where node was killed and could not take its server along (no setpriv: macOS), the
 * orphan is stopped here. Without a dead owner on record somebody else started it, and it is not ours to stop.
 */
export async function clearLeftoverServer(dataDir: string, clusterDir: string, previous: Owner | undefined) {
  const found = await readPostmasterPid(clusterDir);
  if (!found) return;
  if (!(await isPostgresOf(found.pid, clusterDir))) return removeStaleFile(clusterDir, found.pid);
  if (!previous) {
    const reason = `a PostgreSQL with process id ${found.pid} that this program did not start`;
    throw new EmbeddedPostgresError('already_running', sentenceFor('already_running', dataDir, reason));
  }
  const end = untilGone(found.pid, clusterDir);
  await stopInSteps((signal) => killQuietly(found.pid, signal), end.promise).finally(end.cancel);
}

/**
 * PostgreSQL only asks whether a process with this pid exists (a zombie or any program that got the number) and then
 * refuses to start. Where none exists, the file is left to its own, more thorough check.
 */
async function removeStaleFile(clusterDir: string, pid: number): Promise<void> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
  }
  await rm(join(clusterDir, 'postmaster.pid'), { force: true });
}

function killQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Somebody else's child cannot be waited for, only looked at: every 20 ms. */
function untilGone(pid: number, clusterDir: string): { promise: Promise<void>; cancel: () => void } {
  let cancelled = false;
  const look = async () => {
    while (!cancelled && (await isPostgresOf(pid, clusterDir))) await sleep(20);
  };
  return { promise: look(), cancel: () => void (cancelled = true) };
}
