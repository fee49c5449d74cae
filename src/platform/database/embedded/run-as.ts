import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error';
import { sentenceFor } from './explain-failure';

/** How a program of PostgreSQL is started, which refuses to run as root. */
export interface RunAs {
  /** Put before the program; each of these replaces itself by the next (execve), so the child's pid is the server's. */
  prefix: readonly string[];
  /** Who owns the server's files; undefined = this user anyway. */
  owner: { uid: number; gid: number } | undefined;
  /** Where no tool changes the user, Node does. */
  setUser: boolean;
}

export interface Account {
  uid: number;
  gid: number;
}

const nobody: Account = { uid: 65_534, gid: 65_534 };
const root: Account = { uid: 0, gid: 0 };

/**
 * The kernel sends SIGINT (a fast shutdown) to the server when node dies, even from kill -9. Must stand last: a change
 * of user clears it. It follows the thread that spawned, so the launcher must run in node's main thread.
 */
const untilParentDies = ['setpriv', '--pdeathsig', 'INT', '--'];

/** Of the two capabilities that let an ordinary user pass through 0700 folders of others, the weaker one we have. */
export function passThroughCapability(procStatus: string): string | undefined {
  const held = BigInt(`0x${/^CapPrm:\s*([0-9a-f]+)/m.exec(procStatus)?.[1] ?? '0'}`);
  // Bits of capability.h. Docker's default set has 1 and lacks 2.
  if ((held >> 2n) & 1n) return 'dac_read_search';
  return (held >> 1n) & 1n ? 'dac_override' : undefined;
}

/** The ways to try, best first, as data. `filesOf` is who owns the cluster, or the data folder when there is none yet. */
export function waysToRun(uid: number, filesOf: Account, capability: string | undefined): RunAs[] {
  if (uid !== 0) {
    return [
      { prefix: untilParentDies, owner: undefined, setUser: false },
      { prefix: [], owner: undefined, setUser: false },
    ];
  }
  // Root under another name: files stay root's, no capability is kept, 0700 folders of root stay open.
  const namespace = ['unshare', '--user', '--map-user=65534', '--map-group=65534', '--', ...untilParentDies];
  const owner = filesOf.uid === 0 ? nobody : filesOf;
  const become = ['setpriv', `--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'];
  const keep = capability ? [`--inh-caps=+${capability}`, `--ambient-caps=+${capability}`] : [];
  return [
    ...(filesOf.uid === 0 ? [{ prefix: namespace, owner: root, setUser: false }] : []),
    // Containers that refuse user namespaces (Docker's default seccomp profile) come here.
    { prefix: [...become, ...keep, '--pdeathsig', 'INT', '--'], owner, setUser: false },
    { prefix: [], owner, setUser: true },
  ];
}

/** Whether this way reaches both the program and the data folder: a few ms, and far clearer than a failing initdb. */
function works(way: RunAs, program: string, dataDir: string): Promise<boolean> {
  const [command = 'sh', ...args] = [...way.prefix, 'sh', '-c', 'test -x "$0" && test -x "$1"', program, dataDir];
  const user = way.setUser ? way.owner : undefined;
  return new Promise<boolean>((resolve) => {
    const env = { PATH: process.env['PATH'] };
    const child = spawn(command, args, { stdio: 'ignore', cwd: '/', timeout: 5_000, env, ...user });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
    // spawn throws at once when this process may not become that user.
  }).catch(() => false);
}

/** The first way that works here. Fails with no_ordinary_user. */
export async function chooseRunAs(program: string, dataDir: string, filesOf: Account): Promise<RunAs> {
  const uid = process.getuid?.() ?? -1;
  const status = uid === 0 ? await readFile('/proc/self/status', 'utf8').catch(() => '') : '';
  for (const way of waysToRun(uid, filesOf, passThroughCapability(status))) {
    if (await works(way, program, dataDir)) return way;
  }
  const reason =
    uid === 0
      ? `neither a user namespace nor user ${filesOf.uid || nobody.uid} can reach ${dataDir}`
      : `${program} cannot be run`;
  const code = uid === 0 ? 'no_ordinary_user' : 'unsupported_platform';
  throw new EmbeddedPostgresError(code, sentenceFor(code, dataDir, reason));
}
