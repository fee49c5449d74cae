import { setTimeout as sleep } from 'node:timers/promises';
import { InvalidArgumentError, type Command } from 'commander';
import { AppError } from '../platform/errors/app-error';
import type { SyncRun } from '../sync/sync-run';
import type { SyncRuns } from '../sync/sync-runs';
import { addCommand, type Answer, type CommandLine } from './command-line';
import { DrawnDisplay, ToldDisplay, type FollowDisplay } from './follow-display';
import { openNest } from './open-nest';
import { operator } from './operator';
import { connectorId } from './parse-options';

const LOOK_EVERY_MS = 500;
const DEFAULT_TIMEOUT_SECONDS = 600;

/** `sync`: asks the running program for a sync of one connector. */
export function addSyncCommand(program: Command, line: CommandLine): void {
  addCommand<{ connector: string; delta?: boolean; follow?: boolean; timeout: number }>(
    program,
    line,
    'sync',
    'start a sync, or join the one that runs',
    async (session, options) => {
      const [{ SyncModule }, { SyncRuns: Service }] = await Promise.all([
        import('../sync/sync.module.js'),
        import('../sync/sync-runs.js'),
      ]);
      return openNest(session, SyncModule, async (context) => {
        const runs = context.get(Service);
        const run = await runs.enqueue(
          options.connector,
          'manual',
          operator(),
          options.delta === true ? 'delta' : 'full',
        );
        if (options.follow !== true) return describe(run);
        const display = options.json === true ? undefined : openDisplay(line);
        return describe(await follow(runs, run, options.timeout, display).finally(() => display?.end()));
      });
    },
  )
    .requiredOption('--connector <id>', 'the connector to sync', connectorId)
    .option('--delta', 'read only what has changed at CloudLink, where that is possible')
    .option('--follow', 'wait until the run has ended, and show how far it is')
    .option('--timeout <seconds>', 'how long --follow waits', seconds, DEFAULT_TIMEOUT_SECONDS);
}

const openDisplay = ({ terminal, tell }: CommandLine): FollowDisplay =>
  terminal === undefined ? new ToldDisplay(tell) : new DrawnDisplay(terminal);

/** The work is done by the running program; this only watches its row. */
async function follow(
  runs: SyncRuns,
  { connectorId: connector, runId }: SyncRun,
  timeoutSeconds: number,
  display?: FollowDisplay,
): Promise<SyncRun> {
  const deadline = Date.now() + timeoutSeconds * 1000;
  for (;;) {
    const { progress, ...run } = await runs.watch(connector, runId);
    if (run.state !== 'queued' && run.state !== 'running') return run;
    if (Date.now() > deadline) {
      throw new AppError(
        'unavailable',
        `The run ${runId} has not ended after ${timeoutSeconds} s (state: ${run.state}). Is the program running? The run goes on by itself.`,
      );
    }
    display?.show({ ...run, progress }, Date.now());
    await sleep(LOOK_EVERY_MS);
  }
}

const summary = ({ state, counts }: SyncRun): string =>
  `${state}: ${Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')}`;

function describe(run: SyncRun): Answer {
  const { connectorId: connector, runId: id, ...rest } = run;
  const error = run.error === null ? '' : `\n${run.error.message}`;
  return {
    document: { id, connectorId: connector, ...rest },
    text: `run ${id} (${run.mode})\n${summary(run)}${error}`,
    failed: run.state === 'failed',
  };
}

function seconds(text: string): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (value === 0) throw new InvalidArgumentError('It must be a whole number of seconds.');
  return value;
}
