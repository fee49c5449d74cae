// A process of its own that works on sync runs as the program does, and on nothing else: to be killed.
// Usage: node sync-worker-process.cjs <JSON as WorkerOrder in worker-processes.ts>. Says "ready", and "stopped" after SIGTERM.
require('reflect-metadata');
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

const dist = (path) => require(join(__dirname, '..', '..', 'dist', 'src', path));
const { HttpService } = require('@nestjs/axios');
const { CloudLinkClient } = dist('cloudlink/cloudlink.client.js');
const { SystemClock } = dist('platform/clock/clock.js');
const { ConnectorCiphers } = dist('platform/crypto/connector-cipher.js');
const { Keyring } = dist('platform/crypto/keyring.js');
const { Database } = dist('platform/database/database.js');
const { QueueWorker } = dist('platform/queue/queue-worker.js');
const { TaskRegistry } = dist('platform/queue/task-registry.js');
const { RemoteHttp } = dist('platform/remote/remote-http.js');
const { composeExecutor } = dist('sync/compose-executor.js');
const { DueSyncs } = dist('sync/due-syncs.js');
const { OrphanedRuns } = dist('sync/orphaned-runs.js');
const { RunClaimRepository } = dist('sync/run-claim.repository.js');
const { SyncRunRepository } = dist('sync/sync-run.repository.js');
const { SyncTask } = dist('sync/sync.task.js');
const { SyncedConnectorRepository } = dist('sync/synced-connector.repository.js');
const { ZoomClient } = dist('zoom/zoom.client.js');

const logger = { debug() {}, info() {}, warn() {}, error: console.error, child: () => logger };

/** The sandbox, in small pages that take their time. */
function remotes({ urls, accountId, pageSize, pageMs }) {
  const http = new RemoteHttp(new HttpService(), new SystemClock(), logger);
  const cloudlink = new CloudLinkClient(http, { authUrl: urls.cloudlinkAuth, adminUrl: urls.cloudlinkAdmin });
  const zoom = new ZoomClient(http, urls.zoomApi);
  const first = `/2017-09-01/accounts/${accountId.cloudlink}/psi/users?$top=${pageSize}`;
  return {
    cloudlink: {
      listPsiUsers: async (grant, account, position, signal) => {
        await sleep(pageMs, undefined, { signal });
        return cloudlink.listPsiUsers(grant, account, position ?? first, signal);
      },
    },
    zoom: {
      listUsers: async (grant, query, signal) => {
        await sleep(pageMs, undefined, { signal });
        return zoom.listUsers(grant, { ...query, pageSize }, signal);
      },
    },
  };
}

async function main(order) {
  const database = new Database(order.databaseUrl, { max: 6 });
  const ciphers = new ConnectorCiphers(new Keyring([{ id: 'test', key: Buffer.from(order.key, 'base64') }]), database);
  const grants = {
    active: async (_connectorId, provider) => {
      const accountId = order.accountId[provider];
      const tokens = { accountId, accessToken: async () => order.token[provider] };
      return { grantId: provider, accountId, tokens };
    },
    check: async () => {},
  };
  const clock = new SystemClock();
  const parts = {
    database,
    ...remotes(order),
    grants,
    ciphers,
    clock,
    logger,
    sliceSeconds: order.sliceSeconds,
    patience: { removeMissingAfterSeconds: 0, syncIntervalSeconds: 900 },
  };
  const claims = new RunClaimRepository(database);
  const runs = new SyncRunRepository(database);
  const due = new DueSyncs(
    database,
    new SyncedConnectorRepository(),
    runs,
    { syncIntervalSeconds: 86_400, fullSyncIntervalSeconds: 86_400 },
    logger,
  );
  const tasks = new TaskRegistry();
  new SyncTask(tasks, claims, composeExecutor(parts), due, new OrphanedRuns(database, claims, logger)).onModuleInit();
  const worker = new QueueWorker(order.databaseUrl, tasks, logger, {
    longSlots: order.slots,
    deadWorkers: order.deadWorkers,
  });
  process.once('SIGTERM', async () => {
    await worker.beforeApplicationShutdown();
    await database.close();
    process.stdout.write('stopped\n', () => process.exit(0));
  });
  await worker.onApplicationBootstrap();
  process.stdout.write('ready\n');
}

main(JSON.parse(process.argv[2])).catch((error) => {
  console.error(error);
  process.exit(1);
});
