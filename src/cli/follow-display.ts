import type { WatchedRun } from '../sync/run-progress';
import { formatProgress } from './format-progress';
import type { Terminal } from './terminal';

/** Shows a run while somebody waits for its end. */
export interface FollowDisplay {
  show(run: WatchedRun, now: number): void;
  /** Leaves nothing behind that the answer would be written into. */
  end(): void;
}

const LINE_EVERY_MS = 5_000;
const CLEAR_TO_END = '\u001b[K';

/** One line that is drawn over. */
export class DrawnDisplay implements FollowDisplay {
  constructor(private readonly terminal: Terminal) {}

  show(run: WatchedRun): void {
    this.terminal.write(`\r${describe(run, this.terminal.columns())}${CLEAR_TO_END}`);
  }

  end(): void {
    this.terminal.write(`\r${CLEAR_TO_END}`);
  }
}

/** A line for each phase and each trouble, and one now and then: for files, and for who reads them later. */
export class ToldDisplay implements FollowDisplay {
  private topic = '';
  private line = '';
  private at = 0;

  constructor(private readonly tell: (text: string) => void) {}

  show(run: WatchedRun, now: number): void {
    const topic = [run.state, run.error?.code, run.progress?.phase].join();
    const line = describe(run);
    if (topic === this.topic && (line === this.line || now - this.at < LINE_EVERY_MS)) return;
    [this.topic, this.line, this.at] = [topic, line, now];
    this.tell(line);
  }

  end(): void {
    return;
  }
}

function describe(run: WatchedRun, columns?: number): string {
  if (run.state === 'queued') return fit('waiting for a worker', columns);
  if (run.error !== null) return fit(`waiting for the next attempt: ${run.error.message}`, columns);
  // It has ended between two looks.
  return run.progress === null ? fit('done', columns) : formatProgress(run.progress, columns);
}

const fit = (text: string, columns: number | undefined): string =>
  columns === undefined ? text : text.slice(0, columns - 1);
