import { TaskRegistry } from '../../src/platform/queue/task-registry';
import { TasksModule } from '../../src/platform/queue/tasks.module';
import { SAMPLE_STATUSES } from '../../src/users/status-counts/sample-statuses';
import { StatusCountsModule } from '../../src/users/status-counts/status-counts.module';
import { UsersApp } from './users-app';

const MINUTE = 60_000;
const MODULES = [TasksModule, StatusCountsModule];
const NEVER = { jobId: '1', signal: new AbortController().signal, attempt: 1, isLastAttempt: false };

interface History {
  stepSeconds: number;
  items: { at: string; pending: number; inactive: number; registered: number; sip_error: number }[];
}

describe('counts per status over time', () => {
  let users: UsersApp;
  beforeEach(async () => {
    users = await UsersApp.start({}, undefined, MODULES);
    await users.database.query(`update connectors set state = 'active'`);
  });
  afterEach(() => users.stop());

  /** As the queue does it every minute. */
  const work = async (app = users): Promise<void> => {
    const [, handler] =
      app.app
        .get(TaskRegistry)
        .of('short')
        .find(([task]) => task === SAMPLE_STATUSES) ?? [];
    await handler?.({}, NEVER);
  };
  const history = async (hours?: number): Promise<History> => {
    const query = hours === undefined ? '' : `?hours=${hours}`;
    const response = await fetch(`${users.url}/v1/connectors/${users.connectorId}/status-counts${query}`, {
      headers: { authorization: `Bearer ${await users.token()}` },
    });
    return (await response.json()) as History;
  };
  const count = async (): Promise<unknown> =>
    (await users.database.query<{ n: number }>('select count(*)::int as n from status_counts')).rows[0]?.n;

  it('are sampled once in five minutes, by however many processes', async () => {
    await users.addUser({ email: 'a@example.com', status: 'registered' });
    await users.addUser({ email: 'b@example.com', status: 'registered' });
    await users.addUser({ email: 'c@example.com', status: 'sip_error' });
    await users.addUser({ email: 'd@example.com', credential: 'none' });
    await users.addUser({ email: 'e@example.com', status: 'removed' });
    const beside = await UsersApp.start({}, users, MODULES);
    // All samples fall into the same five minutes.
    const left = 300 - ((users.clock.now().getTime() / 1000) % 300);
    if (left < 60) for (const app of [users, beside]) app.clock.advance(left + 1);
    await Promise.all([work(), work(beside), work(), work(beside)]);
    await work();
    const { stepSeconds, items } = await history();
    expect({ stepSeconds, items }).toEqual({
      stepSeconds: 300,
      items: [{ at: expect.any(String), pending: 1, inactive: 0, registered: 2, sip_error: 1 }],
    });
    expect(new Date(items[0]?.at ?? '').getTime() % (5 * MINUTE)).toBe(0);
    await beside.app.close();
    users.clock.advance(300);
    await users.database.query(`update integrated_users set status = 'inactive' where email = 'a@example.com'`);
    await work();
    expect((await history()).items.map(({ registered, inactive }) => [registered, inactive])).toEqual([
      [2, 0],
      [1, 1],
    ]);
  });

  it('are those of each connector, and of none that cannot have users', async () => {
    await users.addUser({ email: 'a@example.com' });
    for (const state of ['reauthorization_required', 'pending', 'disconnected'])
      await users.database.query('insert into connectors (connector_id, state) values (gen_random_uuid(), $1)', [
        state,
      ]);
    await work();
    const { rows } = await users.database.query<{ state: string; inactive: number }>(
      'select state, inactive from status_counts join connectors using (connector_id) order by state',
    );
    expect(rows).toEqual([
      { state: 'active', inactive: 1 },
      { state: 'reauthorization_required', inactive: 0 },
    ]);
  });

  it('are thinned to what a chart can show, by the last sample of each step', async () => {
    await users.database.query(
      `insert into status_counts select $1, $2::timestamptz - n * interval '5 minutes', n, 0, 0, 0
       from generate_series(0, 90 * 288 - 1) n`,
      [users.connectorId, new Date(Math.floor(users.clock.now().getTime() / (5 * MINUTE)) * 5 * MINUTE)],
    );
    for (const hours of [1, 24, 25, 168, 2160]) {
      const { stepSeconds, items } = await history(hours);
      expect(items.length).toBeLessThanOrEqual(300);
      expect(items.length * stepSeconds).toBeGreaterThanOrEqual(hours * 3600 - stepSeconds);
      // The newest is the newest sample, the others end their step.
      expect(items.at(-1)?.pending).toBe(0);
      const times = items.slice(0, -1).map(({ at }) => (new Date(at).getTime() / 1000 + 300) % stepSeconds);
      expect(new Set(times)).toEqual(new Set([0]));
      expect(items.map(({ at }) => at)).toEqual(items.map(({ at }) => at).sort());
    }
  });

  it('are kept for 90 days', async () => {
    await users.database.query(
      `insert into status_counts select $1, $2::timestamptz - n * interval '1 day', 0, 0, 0, 0 from generate_series(85, 95) n`,
      [users.connectorId, users.clock.now()],
    );
    const toMinute = (minute: number): number => (60 + minute - users.clock.now().getUTCMinutes()) % 60;
    users.clock.advance(toMinute(40) * 60);
    await work();
    expect(await count()).toBe(12);
    users.clock.advance(toMinute(41) * 60);
    await work();
    expect(await count()).toBeLessThanOrEqual(7);
    expect(await count()).toBeGreaterThanOrEqual(6);
  });
});
