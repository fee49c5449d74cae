import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** A program of this folder, without the flags of the one that measures: what it needs of memory is measured as Node is by itself. */
export const forkProcess = (name: string): ChildProcess =>
  fork(join(__dirname, `${name}.js`), { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
