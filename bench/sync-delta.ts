import { SandboxClient } from '../sandbox/testing/client';
import { SANDBOX_CREDENTIALS } from '../sandbox/server';
import { atMost, round, type Bench, type Benchmark, type Outcome } from './benchmark';
import { newConnector, observe } from './observed-sync';
import { withSandbox, type SandboxPlace } from './sandbox-process';

/** A little more than 1 %, and no divisor of the directory's period: users of each kind are among them. */
const EVERY = 97;

/**
 * What 1 % of changed users cost when only they are asked for: some are looked up at Zoom, some are refused as
 * duplicates or broken. Beside it the first sync, and a full run that finds nothing changed.
 */
export const syncDelta: Benchmark = {
  name: 'sync-delta',
  users: 100_000,
  usersOfAll: 20_000,
  measure: (bench) => withSandbox(bench.users, (place) => measure(bench, place)),
};

async function measure({ databaseUrl, users }: Bench, place: SandboxPlace): Promise<Outcome> {
  const connectorId = await newConnector(databaseUrl, place);
  const full = await observe(databaseUrl, place, connectorId);
  const noop = await observe(databaseUrl, place, connectorId);
  const changed = await changeUsers(place);
  const delta = await observe(databaseUrl, place, connectorId, 'delta');
  const again = await observe(databaseUrl, place, connectorId, 'delta');
  const ratios = {
    deltaToFullSeconds: round(delta.seconds / full.seconds),
    deltaToNoopSeconds: round(delta.seconds / noop.seconds),
    deltaToNoopWal: round(delta.walBytes / noop.walBytes),
  };
  return {
    figures: {
      users,
      changed,
      updated: delta.run.counts.updated,
      fullSeconds: round(full.seconds),
      noopSeconds: round(noop.seconds),
      noopWalBytes: noop.walBytes,
      deltaSeconds: round(delta.seconds),
      deltaUserRowsWritten: delta.rowsWritten,
      deltaWalBytes: delta.walBytes,
      secondDeltaSeconds: round(again.seconds),
      secondDeltaUserRowsWritten: again.rowsWritten,
    },
    ratios,
    goals: [
      // The user and the credential.
      atMost('rows of user data written', delta.rowsWritten, 2 * changed),
      atMost('rows written for what was read twice', again.rowsWritten, 0),
      atMost('seconds relative to the first sync', ratios.deltaToFullSeconds, 0.1),
      atMost('seconds relative to a full run without changes', ratios.deltaToNoopSeconds, 0.2),
    ],
  };
}

async function changeUsers({ urls }: SandboxPlace): Promise<number> {
  const client = new SandboxClient({ urls, credentials: SANDBOX_CREDENTIALS });
  const door = `${new URL(urls.cloudlinkAdmin).origin}/_control/mutations`;
  const { status, body } = await client.postJson(door, { action: 'change-credentials', every: EVERY });
  if (status !== 200) throw new Error(`the sandbox did not change its users: HTTP ${status}`);
  return Number(body['changed']);
}
