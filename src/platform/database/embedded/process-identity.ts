import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The start time in clock ticks since boot from /proc/<pid>/stat; undefined for a zombie, which holds nothing any more. */
export function parseProcStat(stat: string): string | undefined {
  // The program name stands in brackets and may itself contain blanks and brackets, so count from the last one (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0];
  return state === 'Z' || state === 'X' ? undefined : fields[19];
}

async function ps(pid: number, column: string): Promise<string | undefined> {
  const { stdout } = await run('ps', ['-o', column, '-p', String(pid)], { env: { ...process.env, LC_ALL: 'C' } }).catch(
    () => ({ stdout: '' }),
  );
  return stdout.trim() || undefined;
}

/**
 * Something that no later process with the same pid can have: when it started. Undefined when no such process lives.
 * Ticks alone repeat after a reboot or in a new container (where node is always pid 1), so the boot is part of it.
 */
export async function processIdentity(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return ps(pid, 'lstart=');
  const ticks = await readFile(`/proc/${pid}/stat`, 'utf8').then(parseProcStat, () => undefined);
  if (ticks === undefined) return undefined;
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => 'unknown');
  return `${boot.trim()} ${ticks}`;
}

/** Whether a command line is a server of this data folder: the launcher always passes `-D` with the real path. */
export function isPostgresCommand(args: readonly string[], clusterDir: string): boolean {
  return basename(args[0] ?? '') === 'postgres' && args[args.indexOf('-D') + 1] === clusterDir;
}

/** Whether this pid is a living PostgreSQL of this data folder, and not another program that got the number since. */
export async function isPostgresOf(pid: number, clusterDir: string): Promise<boolean> {
  if ((await processIdentity(pid)) === undefined) return false;
  if (process.platform !== 'linux') {
    const command = (await ps(pid, 'command=')) ?? '';
    return command.includes('postgres') && command.includes(`-D ${clusterDir}`);
  }
  const args = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
  if (isPostgresCommand(args, clusterDir)) return true;
  // A server works inside its data folder: this also finds one whose folder was renamed, or that was started by hand.
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  return basename(args[0] ?? '') === 'postgres' && cwd === clusterDir;
}
