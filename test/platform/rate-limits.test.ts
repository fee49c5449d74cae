import { setTimeout as sleep } from 'node:timers/promises';
import { HttpService } from '@nestjs/axios';
import pino from 'pino';
import { startSandbox, type RunningSandbox } from '../../sandbox/server';
import { Database } from '../../src/platform/database/database';
import { FAILURES_TO_OPEN } from '../../src/platform/limits/next-breaker';
import type { RateSettings } from '../../src/platform/limits/rate-budget';
import { SharedCallLimits } from '../../src/platform/limits/shared-call-limits';
import { RemoteHttp, type RemoteAnswer, type RemoteRequest } from '../../src/platform/remote/remote-http';
import { MovableClock } from '../support/program';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

/** Two processes, as far as limits go: each with connections, memory and a door to the providers of its own. */
describe('limits that processes share', () => {
  let sandbox: RunningSandbox;
  let test: TestDatabase;
  let database: Database;
  let lines: { level: number; msg: string }[];
  const opened: SharedCallLimits[] = [];
  const clock = new MovableClock();

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, users: 10 });
    test = await createTestDatabase();
    database = new Database(test.url, { max: 2 });
  });
  beforeEach(async () => {
    lines = [];
    sandbox.control.clearFaults();
    sandbox.control.clearRequests();
    await database.query('truncate rate_slots, provider_breakers');
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((limits) => limits.shutDown()));
  });
  afterAll(async () => {
    await sandbox.stop();
    await database.close();
    await test.drop();
  });

  /** A process of which only the door to the providers is awake. */
  function process(settings: RateSettings = { share: 1, zoomPlan: 'business' }): RemoteHttp {
    const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
    const limits = new SharedCallLimits(new Database(test.url, { max: 2 }), settings, log);
    opened.push(limits);
    return new RemoteHttp(new HttpService(), clock, log, { jitterMs: () => 0 }, limits);
  }

  function list(door: RemoteHttp, changes: Partial<RemoteRequest> = {}): Promise<RemoteAnswer> {
    return door.send({
      provider: 'zoom',
      account: 'one',
      rateClass: 'medium',
      name: 'zoom.users',
      method: 'GET',
      url: `${sandbox.urls.zoomApi}/users`,
      signal: new AbortController().signal,
      // Refused for want of a token, which is an answer like any other; a fault is met once.
      repeatable: false,
      ...changes,
    });
  }

  const cloudlink = (door: RemoteHttp, account: string): Promise<RemoteAnswer> =>
    list(door, {
      provider: 'cloudlink',
      account,
      rateClass: 'api',
      url: `${sandbox.urls.cloudlinkAdmin}/2017-09-01/accounts/${account}/users`,
    });

  const asked = (): number[] => sandbox.control.requests().recent.map(({ at }) => Date.parse(at));
  const passTime = async (): Promise<void> => {
    await database.query(`update rate_slots set closed_until = now(), next_slot = now()`);
    await database.query(`update provider_breakers set until = now()`);
  };
  const logged = (message: string): number => lines.filter(({ msg }) => msg === message).length;

  it('together they stay at their share in any second', async () => {
    // Free: two list calls a second.
    const processes = [process({ share: 1, zoomPlan: 'free' }), process({ share: 1, zoomPlan: 'free' })];
    await Promise.all(processes.flatMap((door) => Array.from({ length: 5 }, () => list(door))));
    const times = asked();
    expect(times).toHaveLength(10);
    const inSecondFrom = (start: number): number => times.filter((at) => at >= start && at < start + 1_000).length;
    // Two, and one that set out in the second before and arrived in this one.
    expect(Math.max(...times.map(inSecondFrom))).toBeLessThanOrEqual(3);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(8 * 500);
  });

  it.each(['seconds', 'http-date', 'iso-date'] as const)(
    'a 429 (%s) that one is given stops the other, for this account and class only',
    async (retryAfter) => {
      const [one, other] = [process(), process()];
      sandbox.control.setFault({ kind: 'zoom.users', fault: '429', times: 1, retryAfter, seconds: 120 });
      const said = { code: 'provider_unavailable', retryable: true };
      await expect(list(one)).rejects.toMatchObject(said);
      const error: unknown = await list(other).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject(said);
      expect((error as { retryAfterSeconds: number }).retryAfterSeconds).toBeGreaterThan(100);
      expect(asked()).toHaveLength(1);
      expect(await list(other, { account: 'two' })).toMatchObject({ status: 401 });
      expect(await list(other, { rateClass: 'light' })).toMatchObject({ status: 401 });
      await passTime();
      expect(await list(other)).toMatchObject({ status: 401 });
    },
  );

  it('believes no Retry-After of years', async () => {
    sandbox.control.setFault({ kind: 'zoom.users', fault: '429', times: 1, seconds: 99_999_999 });
    await expect(list(process())).rejects.toMatchObject({ code: 'provider_unavailable' });
    const { rows } = await database.query(
      `select 1 from rate_slots where closed_until between now() + interval '23 h' and now() + interval '26 h'`,
    );
    expect(rows).toHaveLength(1);
  });

  it('the share of a day is spent once, whoever spends it, and comes back with the next day', async () => {
    const [one, other] = [process({ share: 1, zoomPlan: 'free' }), process({ share: 1, zoomPlan: 'free' })];
    await list(one);
    await database.query('update rate_slots set used = 1999, next_slot = now()');
    expect(await list(other)).toMatchObject({ status: 401 });
    await passTime();
    const error: unknown = await list(one).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'provider_unavailable', message: 'Zoom has had today’s share of calls.' });
    expect((error as { retryAfterSeconds: number }).retryAfterSeconds).toBeLessThanOrEqual(86_400);
    expect(asked()).toHaveLength(2);
    await database.query(`update rate_slots set day = day - 1`);
    expect(await list(one)).toMatchObject({ status: 401 });
  });

  it('leaves a provider alone that does not answer, and lets one call of all processes find out', async () => {
    const [one, other] = [process(), process()];
    sandbox.control.setFault({ kind: 'zoom.users', fault: '500' });
    for (let call = 0; call < FAILURES_TO_OPEN; call += 1) {
      await expect(list(call % 2 === 0 ? one : other)).rejects.toMatchObject({ code: 'provider_unavailable' });
    }
    for (const door of [one, other, one, other]) {
      const error: unknown = await list(door).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'provider_unavailable', retryable: true });
      expect((error as { retryAfterSeconds: number }).retryAfterSeconds).toBeGreaterThanOrEqual(1);
    }
    expect(asked()).toHaveLength(FAILURES_TO_OPEN);
    expect(logged('provider does not answer, calls are held back')).toBe(1);

    await passTime();
    sandbox.control.clearFaults();
    sandbox.control.setFault({ kind: 'zoom.users', fault: 'slow', ms: 1_000, times: 1 });
    const results = await Promise.allSettled([one, other, one, other].map((door) => list(door)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(asked()).toHaveLength(FAILURES_TO_OPEN + 1);
    expect(logged('provider answers again')).toBe(1);
    for (const door of [one, other]) expect(await list(door)).toMatchObject({ status: 401 });
    const { rows } = await database.query('select from provider_breakers');
    expect(rows).toEqual([]);
  });

  it('does not take refusals for failures', async () => {
    const door = process();
    for (let call = 0; call <= FAILURES_TO_OPEN; call += 1) expect(await list(door)).toMatchObject({ status: 401 });
  });

  it('a dead tenant at CloudLink is nobody else’s trouble', async () => {
    const door = process();
    sandbox.control.setFault({ kind: 'cloudlink.users', fault: '504', times: FAILURES_TO_OPEN });
    for (let call = 0; call < FAILURES_TO_OPEN; call += 1) {
      await expect(cloudlink(door, 'dead')).rejects.toMatchObject({ code: 'provider_unavailable' });
    }
    const before = asked().length;
    await expect(cloudlink(door, 'dead')).rejects.toMatchObject({ code: 'provider_unavailable' });
    expect(asked()).toHaveLength(before);
    expect(await cloudlink(door, 'alive')).toMatchObject({ status: 401 });
    expect(await list(door, { account: 'dead' })).toMatchObject({ status: 401 });
  });

  it('ends a wait at once when its caller aborts, and the next in line goes on', async () => {
    const door = process({ share: 1, zoomPlan: 'free' });
    await list(door);
    await database.query(`update rate_slots set closed_until = now() + interval '7 s'`);
    const reason = new Error('shutting down');
    const [first, second] = [new AbortController(), new AbortController()];
    const waiting = [list(door, { signal: first.signal }), list(door, { signal: second.signal })];
    const third = list(door, { repeatable: true });
    await sleep(50);
    // The one in line before the one that has come first.
    second.abort(reason);
    await expect(waiting[1]).rejects.toBe(reason);
    first.abort(reason);
    await expect(waiting[0]).rejects.toBe(reason);
    const { rows: stillClosed } = await database.query('select from rate_slots where closed_until > now()');
    expect(stillClosed).toHaveLength(1);
    expect(asked()).toHaveLength(1);
    await passTime();
    expect(await third).toMatchObject({ status: 401 });
    expect(asked()).toHaveLength(2);
  });

  it('a renewal of tokens does not wait behind lists', async () => {
    const door = process({ share: 1, zoomPlan: 'free' });
    const lists = Array.from({ length: 6 }, () => list(door, { repeatable: true }));
    await list(door, {
      account: undefined,
      rateClass: 'token',
      method: 'POST',
      url: `${sandbox.urls.zoomOAuth}/oauth/token`,
      form: { grant_type: 'refresh_token', refresh_token: 'none' },
    });
    const kinds = sandbox.control.requests().recent.map(({ path }) => path);
    expect(kinds.filter((path) => path.endsWith('/users')).length).toBeLessThan(6);
    expect(kinds.filter((path) => path.endsWith('/token'))).toHaveLength(1);
    await Promise.all(lists);
  });
});
