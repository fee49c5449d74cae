import { parseArgs } from 'node:util';
import { withPostgres } from './bench-postgres';
import type { Benchmark, Report } from './benchmark';
import { consoleTable } from './console/console';
import { describeMachine } from './machine';
import { memory } from './memory';
import { printTable } from './print-table';
import { registrationStorm } from './registration-storm';
import { sse } from './sse';
import { statusRead } from './status-read';
import { syncDelta } from './sync-delta';
import { syncFull } from './sync-full';
import { syncNoop } from './sync-noop';
import { workers } from './workers';

const BENCHMARKS: readonly Benchmark[] = [
  syncFull,
  syncNoop,
  syncDelta,
  memory,
  workers,
  statusRead,
  registrationStorm,
  sse,
  consoleTable,
];

const USAGE = `npm run bench                              all, with few users, as a table
npm run bench -- <name> [--users <n>]      one, as a JSON object

Names: ${BENCHMARKS.map(({ name }) => name).join(', ')}. Ends with 1 when a goal is missed.`;

interface Ask {
  benchmarks: readonly Benchmark[];
  users: number | undefined;
}

/** @throws Error with a sentence for whoever asked */
function readAsk(): Ask {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { users: { type: 'string' } } });
  const [name] = positionals;
  const benchmarks = name === undefined ? BENCHMARKS : BENCHMARKS.filter((benchmark) => benchmark.name === name);
  if (benchmarks.length === 0 || positionals.length > 1) throw new Error(USAGE);
  const { users } = values;
  if (users !== undefined && !/^[1-9]\d{0,6}$/.test(users)) throw new Error(`--users is a whole number.\n\n${USAGE}`);
  return { benchmarks, users: users === undefined ? undefined : Number(users) };
}

function measure(benchmark: Benchmark, users: number, stopped: Promise<never>): Promise<Report> {
  return withPostgres(async (databaseUrl) => {
    const machine = await describeMachine(databaseUrl);
    const outcome = await Promise.race([benchmark.measure({ databaseUrl, users }), stopped]);
    return { name: benchmark.name, machine, ...outcome };
  });
}

/** Rejects at Ctrl+C, so that the database is stopped and its folder taken away; whatever still runs dies with the process. */
function untilStopped(): Promise<never> {
  const stopped = new Promise<never>((_resolve, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => reject(new Error(`${signal}: stopped`)));
  });
  stopped.catch(() => undefined);
  return stopped;
}

async function main(): Promise<void> {
  const { benchmarks, users } = readAsk();
  const stopped = untilStopped();
  const reports: Report[] = [];
  for (const benchmark of benchmarks) {
    const lack = benchmark.lacks?.();
    if (lack !== undefined && benchmarks.length === 1) throw new Error(lack);
    if (lack !== undefined) {
      console.error(`${benchmark.name} is left out: ${lack}`);
      continue;
    }
    const size = users ?? (benchmarks.length === 1 ? benchmark.users : benchmark.usersOfAll);
    reports.push(await measure(benchmark, size, stopped));
  }
  const [only] = reports;
  if (benchmarks.length === 1) console.log(JSON.stringify(only));
  else printTable(reports);
  if (reports.some(({ goals }) => goals.some(({ ok }) => !ok))) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
