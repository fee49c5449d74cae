// A process of its own that reads who has Zoom Phone as the program does, and does nothing else: to be killed.
// Usage: node zoom-phone-worker-process.cjs <JSON as WorkerOrder in worker-processes.ts>. Says "ready".
require('reflect-metadata');
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

const dist = (path) => require(join(__dirname, '..', '..', 'dist', 'src', path));
const { HttpService } = require('@nestjs/axios');
const { SystemClock } = dist('platform/clock/clock.js');
const { Database } = dist('platform/database/database.js');
const { QueueWorker } = dist('platform/queue/queue-worker.js');
const { TaskRegistry } = dist('platform/queue/task-registry.js');
const { RemoteHttp } = dist('platform/remote/remote-http.js');
const { composeZoomPhone } = dist('sync/zoom-phone/compose-zoom-phone.js');
const { ZoomPhoneClient } = dist('zoom/zoom-phone.client.js');

const logger = { debug() {}, info() {}, warn() {}, error: console.error, child: () => logger };

async function main(order) {
  const database = new Database(order.databaseUrl, { max: 6 });
  const client = new ZoomPhoneClient(new RemoteHttp(new HttpService(), new SystemClock(), logger), order.urls.zoomApi);
  const tokens = { accountId: order.accountId.zoom, accessToken: async () => order.token.zoom };
  const tasks = new TaskRegistry();
  composeZoomPhone({
    tasks,
    database,
    grants: { active: async () => ({ grantId: 'zoom', accountId: order.accountId.zoom, tokens }) },
    zoom: {
      listPhoneUsers: async (grant, query, signal) => {
        await sleep(order.pageMs, undefined, { signal });
        return client.listPhoneUsers(grant, query, signal);
      },
    },
    intervals: { syncIntervalSeconds: 86_400, fullSyncIntervalSeconds: 86_400 },
    logger,
    pageSize: order.pageSize,
    sliceSeconds: order.sliceSeconds,
  }).onModuleInit();
  const worker = new QueueWorker(order.databaseUrl, tasks, logger, {
    longSlots: order.slots,
    deadWorkers: order.deadWorkers,
  });
  await worker.onApplicationBootstrap();
  process.stdout.write('ready\n');
}

main(JSON.parse(process.argv[2])).catch((error) => {
  console.error(error);
  process.exit(1);
});
