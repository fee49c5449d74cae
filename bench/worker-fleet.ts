import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { forkProcess } from './fork-process';
import type { WorkersOrder } from './workers-process';

/** Worker processes, which end with the benchmark at the latest. */
export class WorkerFleet {
  private readonly living = new Set<ChildProcess>();

  constructor(private readonly order: Omit<WorkersOrder, 'sliceSeconds'>) {}

  /** Resolves when it works. */
  async start(changes: Pick<WorkersOrder, 'sliceSeconds'>): Promise<void> {
    const child = forkProcess('workers-process');
    this.living.add(child);
    const gone = once(child, 'exit').then(() => undefined);
    child.send({ ...this.order, ...changes });
    const answer = await Promise.race([once(child, 'message'), gone]);
    if (answer === undefined) throw new Error('A worker process has ended before it worked.');
  }

  async kill(pid: number): Promise<void> {
    const child = [...this.living].find((one) => one.pid === pid);
    if (child === undefined) throw new Error(`there is no worker process ${pid}`);
    this.living.delete(child);
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  async stop(): Promise<void> {
    await Promise.all(
      [...this.living].map((child) => {
        const gone = once(child, 'exit');
        child.disconnect();
        return gone;
      }),
    );
    this.living.clear();
  }
}
