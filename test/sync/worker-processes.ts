import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DeadWorkersOptions } from '../../src/platform/queue/dead-workers';
import type { SandboxUrls } from '../../sandbox/urls';

/** What a process of sync-worker-process.cjs or zoom-phone-worker-process.cjs is told. */
export interface WorkerOrder {
  databaseUrl: string;
  /** base64 */
  key: string;
  urls: SandboxUrls;
  accountId: { zoom: string; cloudlink: string };
  token: { zoom: string; cloudlink: string };
  pageSize: number;
  /** Before each page. */
  pageMs: number;
  slots: number;
  sliceSeconds?: number;
  deadWorkers?: DeadWorkersOptions;
}

export interface WorkerProcess {
  pid: number;
  /** Resolves when it works. */
  ready: Promise<void>;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** Real processes, for tests in which they die. */
export class WorkerProcesses {
  private readonly living = new Map<ChildProcess, WorkerProcess>();

  constructor(
    private readonly order: WorkerOrder,
    private readonly script = 'sync-worker-process.cjs',
  ) {}

  get all(): WorkerProcess[] {
    return [...this.living.values()];
  }

  start(changes: Partial<WorkerOrder> = {}): WorkerProcess {
    const child = spawn(
      process.execPath,
      [join(__dirname, this.script), JSON.stringify({ ...this.order, ...changes })],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const gone = once(child, 'exit');
    const lines = createInterface({ input: child.stdout });
    const spoke = once(lines, 'line').then(() => undefined);
    const died = gone.then(() => Promise.reject(new Error('a worker has ended before it worked')));
    const ready = Promise.race([spoke, died]);
    for (const promise of [ready, died]) promise.catch(() => undefined);
    const worker: WorkerProcess = {
      pid: child.pid ?? 0,
      ready,
      kill: async (signal) => {
        this.living.delete(child);
        child.kill(signal);
        await gone;
      },
    };
    this.living.set(child, worker);
    return worker;
  }

  async killAll(): Promise<void> {
    await Promise.all(this.all.map((worker) => worker.kill('SIGKILL')));
  }
}
