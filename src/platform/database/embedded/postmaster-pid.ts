import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a running server writes about itself into its data folder (PostgreSQL source, miscadmin.h: LOCK_FILE_LINE_*). */
export interface PostmasterPid {
  pid: number;
  /** Known as soon as the server listens. */
  port: number | undefined;
  /** Whether connections are accepted (line 8, written last). */
  ready: boolean;
}

/** Reads the text of postmaster.pid; undefined when it names no process (empty after a crash on a full disk). */
export function parsePostmasterPid(text: string): PostmasterPid | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  // A negative number is a standalone backend (`postgres --single`): still the process that holds the folder.
  const pid = Math.abs(Number(lines[0] || Number.NaN));
  if (!Number.isSafeInteger(pid) || pid === 0) return undefined;
  const port = Number(lines[3] || Number.NaN);
  return {
    pid,
    port: Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined,
    ready: lines[7] === 'ready',
  };
}

export async function readPostmasterPid(clusterDir: string): Promise<PostmasterPid | undefined> {
  const text = await readFile(join(clusterDir, 'postmaster.pid'), 'utf8').catch(() => '');
  return parsePostmasterPid(text);
}
