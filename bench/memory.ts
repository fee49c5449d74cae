import { once } from 'node:events';
import { emptyTables } from './bench-postgres';
import { atMost, round, type Bench, type Benchmark, type Outcome } from './benchmark';
import { forkProcess } from './fork-process';
import type { MemoryOrder, MemoryReport } from './memory-process';
import { withSandbox } from './sandbox-process';

const SIZES = [10_000, 100_000, 1_000_000];
/** From here on the account is large enough that memory by users, if there were any, would dwarf everything else. */
const BASE = 100_000;

/** Peak memory of a process that does one first sync, by the size of the account: pages count, users must not. */
export const memory: Benchmark = {
  name: 'memory',
  users: 100_000,
  usersOfAll: 20_000,
  measure,
};

async function measure({ databaseUrl, users }: Bench): Promise<Outcome> {
  const sizes = [...SIZES.filter((size) => size < users), users];
  const figures: Record<string, number> = { users };
  const peaks = new Map<number, number>();
  for (const size of sizes) {
    await emptyTables(databaseUrl);
    const { peakBytes, seconds } = await withSandbox(size, (place) => syncElsewhere({ databaseUrl, place }));
    peaks.set(size, peakBytes);
    figures[`peakMiBAt${size}`] = Math.round(peakBytes / 2 ** 20);
    figures[`secondsAt${size}`] = round(seconds);
  }
  const ratioTo = (base: number): number => round((peaks.get(users) ?? 0) / (peaks.get(base) ?? 0));
  const smaller = sizes.slice(0, -1);
  const ratios = Object.fromEntries(smaller.map((size) => [`peakTo${size}`, ratioTo(size)]));
  const goals = smaller.includes(BASE) ? [atMost(`peak to that at ${BASE} users`, ratioTo(BASE), 1.3)] : [];
  return { figures, ratios, goals };
}

async function syncElsewhere(order: MemoryOrder): Promise<MemoryReport> {
  const child = forkProcess('memory-process');
  const gone = once(child, 'exit');
  child.send(order);
  const answer = await Promise.race([once(child, 'message'), gone.then(() => undefined)]);
  await gone;
  if (answer === undefined) throw new Error('The process whose memory was to be measured ended early.');
  return answer[0] as MemoryReport;
}
