import { QueueWorker } from '../src/platform/queue/queue-worker';
import { TaskRegistry } from '../src/platform/queue/task-registry';
import { composeExecutor } from '../src/sync/compose-executor';
import { DueSyncs } from '../src/sync/due-syncs';
import { OrphanedRuns } from '../src/sync/orphaned-runs';
import { RunClaimRepository } from '../src/sync/run-claim.repository';
import { SyncTask } from '../src/sync/sync.task';
import { SyncedConnectorRepository } from '../src/sync/synced-connector.repository';
import type { SandboxPlace } from './sandbox-process';
import { SyncStage } from './sync-stage';

export interface WorkersOrder {
  databaseUrl: string;
  /** base64 */
  key: string;
  place: SandboxPlace;
  /** undefined: as the program's. */
  sliceSeconds: number | undefined;
}

const INTERVALS = { syncIntervalSeconds: 86_400, fullSyncIntervalSeconds: 86_400 };

/** One worker process of several, as the program has it: until it is told to stop, or killed. */
async function work({ databaseUrl, key, place, sliceSeconds }: WorkersOrder): Promise<void> {
  const stage = new SyncStage(databaseUrl, place, { key: Buffer.from(key, 'base64') });
  const { database, zoom, cloudlink, grants, ciphers, clock, logger, patience } = stage.parts;
  const parts = { database, zoom, cloudlink, grants, ciphers, clock, logger, patience };
  const executor = composeExecutor(sliceSeconds === undefined ? parts : { ...parts, sliceSeconds });
  const claims = new RunClaimRepository(database);
  const due = new DueSyncs(database, new SyncedConnectorRepository(), stage.runs, INTERVALS, logger);
  const tasks = new TaskRegistry();
  new SyncTask(tasks, claims, executor, due, new OrphanedRuns(database, claims, logger)).onModuleInit();
  tasks.register('nothing', async () => undefined);
  const worker = new QueueWorker(databaseUrl, tasks, logger);
  process.once('disconnect', () => void worker.beforeApplicationShutdown().then(() => stage.close()));
  await worker.onApplicationBootstrap();
  process.send?.('ready');
}

process.once('message', (order: WorkersOrder) => {
  work(order).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
