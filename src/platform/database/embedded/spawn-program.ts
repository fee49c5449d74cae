import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { PlatformBinaries } from './platform-binaries';
import type { RunAs } from './run-as';

/**
 * Starts a program of PostgreSQL. It gets an environment of its own: no PG* variable or uninstalled locale of the user
 * can disturb it, and our secrets do not show in /proc/<pid>/environ of the server. TZ spares initdb a search through
 * all time zone files. detached = setsid: Ctrl-C at a terminal goes to the whole foreground group, and the server must
 * outlive the program's own last transactions.
 */
export function spawnProgram(
  program: string,
  args: readonly string[],
  { runAs, binaries, onLine }: { runAs: RunAs; binaries: PlatformBinaries; onLine: (line: string) => void },
): ChildProcess {
  const [command = program, ...rest] = [...runAs.prefix, program, ...args];
  const pathVariable = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
  const child = spawn(command, rest, {
    cwd: '/', // the folder node was started in may be closed to the user the server runs as
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      LC_ALL: 'C',
      TZ: 'UTC',
      ...(binaries.libraryPath === undefined ? {} : { [pathVariable]: binaries.libraryPath }),
    },
    ...(runAs.setUser ? runAs.owner : undefined),
  });
  child.once('error', (error) => onLine(`error: failed to execute ${command}: ${error.message}`));
  createInterface({ input: child.stdout }).on('line', onLine);
  createInterface({ input: child.stderr }).on('line', onLine);
  return child;
}

/** Settles when the child has ended and all it printed was read; 127 stands for "could not be started" as in a shell. */
export function ended(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve) => {
    child.once('error', () => resolve({ code: 127, signal: null }));
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}
