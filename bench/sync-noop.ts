import { atMost, round, secondsOf, type Bench, type Benchmark, type Outcome } from './benchmark';
import { newConnector, observe } from './observed-sync';
import { readBothSides } from './read-both-sides';
import { withRememberedSandbox } from './remembered-sandbox';
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

async function measure({ databaseUrl, users }: Bench, place: SandboxPlace): Promise<Outcome> {
  const connectorId = await newConnector(databaseUrl, place);
  const full = await observe(databaseUrl, place, connectorId);
  const noop = await observe(databaseUrl, place, connectorId);
  const readSeconds = await secondsOf(() => readBothSides(databaseUrl, place));
  const ratios = {
    noopToFullSeconds: round(noop.seconds / full.seconds),
    readToFullSeconds: round(readSeconds / full.seconds),
    noopToFullWal: round(noop.walBytes / full.walBytes),
  };
  return {
    figures: {
      users,
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
