import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { classifyOutput, explainOutput } from './explain-failure';
import { freePort } from './free-port';
import type { PlatformBinaries } from './platform-binaries';
import type { RunAs } from './run-as';
import { settingArguments } from './server-settings';
import { ended, spawnProgram } from './spawn-program';
import { hastily, patiently, stopInSteps } from './stop-in-steps';

export interface PostmasterOptions {
  dataDir: string;
  clusterDir: string;
  runAs: RunAs;
  binaries: PlatformBinaries;
  signal: AbortSignal;
  onLog: (line: string) => void;
  /** Called once when the server ends, wanted or not. */
  onEnd: () => void;
}

export interface Postmaster {
  port: number;
  stop: () => Promise<void>;
  /** Stops a server that has not been used yet. */
  abandon: () => Promise<void>;
}

/** Failures that pass by themselves: the port was taken meanwhile; backends of a killed server are still leaving. */
const passing = new Set(['port_unavailable', 'already_running']);
const attempts = 10;

/** Starts the server and waits until it accepts connections (30–100 ms; longer when it has a crash to recover from). */
export async function startPostmaster(options: PostmasterOptions): Promise<Postmaster> {
  for (let attempt = 1; ; attempt += 1) {
    const lines: string[] = [];
    const postmaster = await tryToStart(await freePort(), options, lines);
    if (postmaster) return postmaster;
    options.signal.throwIfAborted();
    if (attempt === attempts || !passing.has(classifyOutput(lines))) throw explainOutput(lines, options.dataDir);
    await sleep(50 * attempt, undefined, { signal: options.signal });
  }
}

/** One attempt; undefined when the server gave up, with what it said in `lines`. */
async function tryToStart(port: number, o: PostmasterOptions, lines: string[]): Promise<Postmaster | undefined> {
  const phase = { ready: false, stopping: false };
  let becomeReady: () => void = () => undefined;
  const ready = new Promise<'ready'>((resolve) => (becomeReady = () => resolve('ready')));
  const child = spawnProgram(o.binaries.postgres, ['-D', o.clusterDir, '-p', String(port), ...settingArguments()], {
    ...o,
    onLine: (line) => {
      o.onLog(line);
      if (phase.ready) return;
      lines.push(line);
      // Not "accept read-only connections" and not a message that quotes these words.
      if (/^LOG: {2}database system is ready to accept connections$/.test(line)) becomeReady();
    },
  });
  const end = ended(child);
  const stop = (steps: typeof patiently) => {
    phase.stopping = true;
    return stopInSteps((name) => child.kill(name), end, steps);
  };
  const abort = () => void stop(hastily);
  o.signal.addEventListener('abort', abort);
  const first = await Promise.race([ready, end]);
  o.signal.removeEventListener('abort', abort);
  if (o.signal.aborted) await stop(hastily);
  if (first !== 'ready' || o.signal.aborted) return undefined;
  phase.ready = true;
  watch(child, end, phase, o);
  return { port, stop: () => stop(patiently), abandon: () => stop(hastily) };
}

/** Also tells of an end that nobody asked for, and takes the server along when the program leaves without stop(). */
function watch(
  child: ChildProcess,
  end: ReturnType<typeof ended>,
  phase: { stopping: boolean },
  { onLog, onEnd }: PostmasterOptions,
): void {
  const leave = () => child.kill('SIGINT');
  process.once('exit', leave);
  void end.then(({ code, signal }) => {
    process.off('exit', leave);
    onEnd();
    if (phase.stopping) return;
    onLog(`The embedded PostgreSQL ended by itself (${signal ?? `exit code ${code}`}): start this program again.`);
  });
}
