import { ACCOUNTS } from '../../sandbox/accounts';
import { until } from '../support/program';
import { WorkerProcesses } from './worker-processes';
import { ZoomPhoneHarness } from './zoom-phone-harness';

/** Users of the sandbox; a third of them has Zoom Phone. */
const USERS = 600;
const PAGE = 2;

describe('workers that read who has Zoom Phone', () => {
  let phone: ZoomPhoneHarness;
  let workers: WorkerProcesses;

  beforeEach(async () => {
    phone = await ZoomPhoneHarness.open(USERS);
    const [account] = ACCOUNTS;
    workers = new WorkerProcesses(
      {
        databaseUrl: phone.sync.url,
        key: '',
        urls: phone.sandbox.urls,
        accountId: { zoom: account?.zoomAccountId ?? '', cloudlink: '' },
        token: { zoom: phone.token, cloudlink: '' },
        pageSize: PAGE,
        pageMs: 40,
        slots: 2,
        deadWorkers: { beatMs: 200, unheldSeconds: 1 },
      },
      'zoom-phone-worker-process.cjs',
    );
  });
  afterEach(async () => {
    await workers.killAll();
    await phone.close();
  });

  const pages = async (): Promise<number> => (await phone.state())?.pages ?? 0;

  it('may be killed: what was read is not read again, and nobody is told half of it', async () => {
    const { body } = await phone.client.zoomGet('/phone/users', phone.token);
    const listed = Math.ceil(Number(body['total_records']) / PAGE);
    phone.sandbox.control.clearRequests();
    await phone.task().enqueueDue();
    for (let kill = 1; kill <= 3; kill += 1) {
      const worker = workers.start();
      const before = await pages();
      await until('ten more pages', async () => ((await pages()) >= before + 10 ? true : undefined), 20_000);
      await worker.kill('SIGKILL');
      expect(await phone.counts()).toMatchObject({ true: 0, false: 0 });
      expect(await phone.state()).toMatchObject({ isUnderWay: true });
    }
    workers.start({ pageMs: 0 });
    await until('the end', async () => ((await phone.state())?.answer === 'listed' ? true : undefined), 30_000);
    // Each kill costs no more than the page in hand and the one that was asked for ahead.
    expect(phone.asked()).toBeLessThanOrEqual(listed + 3 * 2);
    expect(listed).toBeGreaterThan(60);
    expect(await phone.marks()).toEqual(await phone.expected());
  }, 90_000);
});
