import { expectationFor } from '../../sandbox/expectations';
import { startSandbox } from '../../sandbox/server';
import { walkConnect } from '../../sandbox/walkthrough';
import { endedRun, startProgram, until, type Program } from '../support/program';
import { spawnProgram } from '../support/spawn-program';
import { createTestDatabase } from '../support/test-database';
import { Database } from '../../src/platform/database/database';
import { postponeZoomPhone } from '../support/postpone-zoom-phone';

/** What is stored, without ids, keys and times: two databases that were synced from the same directory must agree. */
const END_STATE = `select u.email, u.display_name, u.zoom_user_id, u.zoom_status, u.cloudlink_user_id, u.extension, u.pbx_type, u.credential_state, u.status,
    c.user_name, c.auth_user_name, c.realm, c.targets, c.md5_ha1 is not null as md5, c.sha256_ha1 is not null as sha256
  from integrated_users u left join sip_credentials c using (connector_id, user_id) order by u.email`;

const USERS = 250;

describe('a sync against the sandbox', () => {
  let program: Program;
  let connectorId: string;
  let token: string;

  beforeAll(async () => {
    program = await startProgram({ users: USERS });
    await program.connect();
    connectorId = (await program.connectorIds())[0] ?? '';
    token = await program.token(connectorId);
  });
  afterAll(() => program.stop());
  afterEach(() => program.sandbox.control.reset());

  async function sync(): Promise<Record<string, unknown>> {
    const before = await endedRun(program, connectorId);
    const response = await fetch(`${program.url}/v1/connectors/${connectorId}/sync`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(202);
    return endedRun(program, connectorId, before['id'] as string);
  }
  const count = async (where: string): Promise<number> =>
    (await program.database.query<{ n: number }>(`select count(*)::int as n from integrated_users where ${where}`))
      .rows[0]?.n ?? -1;

  it('starts within two seconds after both sides are connected', async () => {
    const seconds = await until('the first run to start', async () => {
      const { rows } = await program.database.query<{ trigger: string; seconds: number | null }>(
        `select trigger, extract(epoch from r.started_at - c.state_since)::float8 as seconds
         from sync_runs r join connectors c using (connector_id) order by r.created_at limit 1`,
      );
      return rows[0]?.trigger === 'connect' ? (rows[0].seconds ?? undefined) : undefined;
    });
    expect(seconds).toBeLessThan(2);
  });

  it('ends with what the directory says, problem by problem', async () => {
    const expected = expectationFor(USERS);
    const run = await endedRun(program, connectorId);
    expect(run).toMatchObject({ state: 'succeeded', counts: { read: expected.cloudlinkItems, removed: 0 } });
    const problems = await program.database.query<{ code: keyof typeof expected.problems; n: number }>(
      'select code, count(*)::int as n from sync_problems where run_id = $1 group by code',
      [run['id']],
    );
    const { duplicate_email: duplicates, ...others } = Object.fromEntries(
      problems.rows.map((row) => [row.code, row.n]),
    ) as Record<string, number>;
    const { duplicate_email: surplus, ...expectedOthers } = expected.problems;
    expect(others).toEqual(expectedOthers);
    // A pair in one page is refused as a whole (two reports), a later one alone.
    expect(duplicates).toBeGreaterThanOrEqual(surplus);
    const ready = await count(`credential_state = 'ready'`);
    expect(ready).toBeGreaterThanOrEqual(expected.withCredential);
    expect(ready).toBeLessThanOrEqual(expected.withCredential + expected.ambiguous);
    expect(await count(`credential_state = 'revoked'`)).toBe(expected.revoked);
    expect(await count(`status = 'pending' and credential_state = 'none'`)).toBeGreaterThanOrEqual(expected.pending);
  });

  it('changes nothing when nothing has changed', async () => {
    await postponeZoomPhone(program);
    const before = (
      await program.database.query(`select xmin::text, ctid::text, email from integrated_users order by email`)
    ).rows;
    const run = await sync();
    expect(run).toMatchObject({ state: 'succeeded', counts: { created: 0, updated: 0, removed: 0 } });
    expect(
      (await program.database.query(`select xmin::text, ctid::text, email from integrated_users order by email`)).rows,
    ).toEqual(before);
  });

  it.each([
    ['cloudlink.psi', '401'],
    ['cloudlink.psi', '429'],
    ['cloudlink.psi', '500'],
    ['cloudlink.psi', '504'],
    ['cloudlink.psi', 'html'],
    ['cloudlink.psi', 'truncated-json'],
    ['zoom.users', '401'],
    ['zoom.users', '429'],
    ['zoom.users', 'html'],
  ] as const)('gets over %s answering %s once', async (kind, fault) => {
    program.sandbox.control.setFault({ kind, fault, times: 1, seconds: 1 });
    expect(await sync()).toMatchObject({ state: 'succeeded', counts: { removed: 0 } });
  });

  it.each([
    ['cloudlink.psi', 'empty-list', 'awaiting_approval'],
    ['zoom.users', 'empty-list', 'awaiting_approval'],
    ['cloudlink.psi', 'next-loop', 'failed'],
    ['cloudlink.psi', 'foreign-next', 'failed'],
    ['cloudlink.psi', '403', 'failed'],
  ] as const)('removes nobody when %s answers %s for good: the run is %s…', async (kind, fault, state) => {
    const present = await count(`status <> 'removed'`);
    program.sandbox.control.setFault({ kind, fault });
    const run = await sync();
    expect(run['state']).toBe(state);
    expect(await count(`status <> 'removed'`)).toBe(present);
    if (state === 'failed')
      expect(run['error']).toMatchObject({ code: expect.any(String), message: expect.any(String) });
  });

  it('follows changed credentials: exactly the hashes that changed are stored anew', async () => {
    const fingerprints = async (): Promise<Map<string, string>> => {
      const { rows } = await program.database.query<{ email: string; fingerprint: Buffer }>(
        'select email, fingerprint from integrated_users join sip_credentials using (connector_id, user_id)',
      );
      return new Map(rows.map((row) => [row.email, row.fingerprint.toString('hex')]));
    };
    const before = await fingerprints();
    for (let position = 0; position < 40; position += 1) program.sandbox.control.changeCredential(1, position);
    const run = await sync();
    const after = await fingerprints();
    const changed = [...after].filter(([email, fingerprint]) => before.get(email) !== fingerprint).length;
    expect(changed).toBeGreaterThan(20);
    expect(changed).toBeLessThanOrEqual(40);
    expect((run['counts'] as { updated: number }).updated).toBe(changed);
  });

  it('a user who appears at the front of the list while it is read is found at the latest by the next run, and nobody is lost', async () => {
    const present = await count(`status <> 'removed'`);
    const running = sync();
    program.sandbox.control.addUser(1, 'front', { firstName: 'Neu', lastName: 'Zugang' });
    await running;
    await sync();
    expect(await count(`status <> 'removed'`)).toBe(present + 1);
    expect(await count(`email like 'neu.zugang%'`)).toBe(1);
  });
});

describe('a sync that is killed', () => {
  it('goes on after SIGKILL in a new process and ends in the same state as an undisturbed one', async () => {
    const users = 6_000;
    const sandbox = await startSandbox({ port: 0, users });
    const disturbedDb = await createTestDatabase();
    const calmDb = await createTestDatabase();
    const look = new Database(disturbedDb.url, { max: 2 });
    const calm = new Database(calmDb.url, { max: 2 });
    const ended = (database: Database): Promise<Record<string, unknown>> =>
      until(
        'the run to end',
        async () => (await database.query(`select * from sync_runs where state not in ('queued', 'running')`)).rows[0],
        120_000,
      );
    const fetched = (): number => sandbox.control.requests().counts['cloudlink.psi'] ?? 0;
    try {
      const undisturbed = await spawnProgram(calmDb.url, sandbox);
      await walkConnect({ publicUrl: undisturbed.url });
      const calmRun = await ended(calm);
      await undisturbed.kill('SIGTERM');

      // Slow pages, so that the kill falls into the middle.
      sandbox.control.clearRequests();
      sandbox.control.setFault({ kind: 'cloudlink.psi', fault: 'slow', ms: 400 });
      const first = await spawnProgram(disturbedDb.url, sandbox);
      await walkConnect({ publicUrl: first.url, zoomPerson: 'one.admin', cloudlinkPerson: 'one.second-admin' });
      await until(
        'some pages to be applied',
        async () =>
          (
            await look.query(
              `select 1 from sync_runs where phase = 'cloudlink_users' and read_count >= 2000 and state = 'running'`,
            )
          ).rows[0],
      );
      await first.kill('SIGKILL');
      const killedAt = (
        await look.query<{ read_count: number; state: string }>('select read_count, state from sync_runs')
      ).rows[0];
      expect(killedAt?.state).toBe('running');
      sandbox.control.clearFaults();
      const before = fetched();
      const second = await spawnProgram(disturbedDb.url, sandbox, first.env);
      const run = await ended(look);
      await second.kill('SIGTERM');
      // It went on instead of starting again: fewer pages than the whole list.
      expect(fetched() - before).toBeLessThanOrEqual(7 - (killedAt?.read_count ?? 0) / 1000);
      for (const column of [
        'state',
        'read_count',
        'created_count',
        'updated_count',
        'unchanged_count',
        'removed_count',
        'problem_count',
      ]) {
        expect([column, run[column]]).toEqual([column, calmRun[column]]);
      }
      expect((await look.query(END_STATE)).rows).toEqual((await calm.query(END_STATE)).rows);
    } finally {
      await look.close();
      await calm.close();
      await sandbox.stop();
      await disturbedDb.drop();
      await calmDb.drop();
    }
  });
});
