import { SyncHarness } from './sync-harness';

const USERS = Number(process.env['BENCH_USERS'] ?? 0);

/** `npm run bench`; left out of `npm test`, because speed is not a matter of right or wrong. */
(USERS > 0 ? describe : describe.skip)('throughput', () => {
  it('of a first run and of one that finds nothing changed', async () => {
    const sync = await SyncHarness.open();
    const connectorId = await sync.connector();
    sync.fill(USERS);
    const figures: string[] = [];
    for (const name of ['first run', 'unchanged', 'unchanged', 'all changed']) {
      if (name === 'all changed')
        sync.cloudlink.users = sync.cloudlink.users.map((user) => ({ ...user, displayName: `${user.displayName}!` }));
      const began = performance.now();
      const run = await sync.sync(connectorId);
      const seconds = (performance.now() - began) / 1000;
      expect(run).toMatchObject({ state: 'succeeded', counts: { read: USERS } });
      figures.push(
        `${name}: ${seconds.toFixed(1)} s, ${Math.round(USERS / seconds)} users/s, ${Math.round(process.memoryUsage().rss / 1048576)} MiB`,
      );
    }
    process.stdout.write(`${figures.join('\n')}\n`);
    await sync.close();
  }, 300_000);
});
