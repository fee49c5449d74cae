import { emptyTables } from './bench-postgres';
import { atMost, round, secondsOf, type Bench, type Benchmark, type Outcome } from './benchmark';
import { newConnector, observe, type Observed } from './observed-sync';
import { readBothSides } from './read-both-sides';
import { withRememberedSandbox } from './remembered-sandbox';
import { roundsOf } from './rounds';
import type { SandboxPlace } from './sandbox-process';

/**
 * A sync of an account in which nobody has changed: what it takes, and what it writes. Beside it, what reading the two
 * lists takes by itself: no such sync can be quicker.
 */
export const syncNoop: Benchmark = {
  name: 'sync-noop',
  users: 100_000,
  usersOfAll: 20_000,
  measure: (bench) => withRememberedSandbox(bench, (place) => measure(bench, place)),
};

interface Round {
  full: Observed;
  noop: Observed;
  readSeconds: number;
}

async function measure({ databaseUrl, users }: Bench, place: SandboxPlace): Promise<Outcome> {
  const rounds: Round[] = [];
  const count = roundsOf(users);
  for (let n = 0; n < count; n += 1) rounds.push(await measureRound(databaseUrl, place));
  const full = bestOf(rounds.map((round) => round.full));
  const noop = bestOf(rounds.map((round) => round.noop));
  const readSeconds = Math.min(...rounds.map((round) => round.readSeconds));
  const ratios = {
    noopToFullSeconds: round(noop.seconds / full.seconds),
    readToFullSeconds: round(readSeconds / full.seconds),
    noopToFullWal: round(noop.walBytes / full.walBytes),
  };
  return {
    figures: {
      users,
      rounds: count,
      fullSeconds: round(full.seconds),
      fullUserRowsWritten: full.rowsWritten,
      fullWalBytes: full.walBytes,
      noopSeconds: round(noop.seconds),
      readSeconds: round(readSeconds),
      noopUsersPerSecond: Math.round(users / noop.seconds),
      noopUserRowsWritten: noop.rowsWritten,
      noopDeadUserRows: noop.deadRows,
      noopWalBytes: noop.walBytes,
      noopWalBytesPerUser: round(noop.walBytes / users),
    },
    ratios,
    goals: [
      atMost('rows of user data written', noop.rowsWritten, 0),
      atMost('seconds relative to the full run', ratios.noopToFullSeconds, 0.6),
    ],
  };
}

async function measureRound(databaseUrl: string, place: SandboxPlace): Promise<Round> {
  await emptyTables(databaseUrl);
  const connectorId = await newConnector(databaseUrl, place);
  const full = await observe(databaseUrl, place, connectorId);
  const noop = await observe(databaseUrl, place, connectorId);
  return { full, noop, readSeconds: await secondsOf(() => readBothSides(databaseUrl, place)) };
}

/** The time of the best; of what was written, the most. */
const bestOf = (rounds: Observed[]): Pick<Observed, 'seconds' | 'rowsWritten' | 'deadRows' | 'walBytes'> => ({
  seconds: Math.min(...rounds.map(({ seconds }) => seconds)),
  rowsWritten: Math.max(...rounds.map(({ rowsWritten }) => rowsWritten)),
  deadRows: Math.max(...rounds.map(({ deadRows }) => deadRows)),
  walBytes: Math.max(...rounds.map(({ walBytes }) => walBytes)),
});
