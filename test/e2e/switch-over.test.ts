import { ReauthorizeLinks } from '../../src/oauth/reauthorize-links';
import { walkAuthorise } from '../../sandbox/walkthrough';
import { startProgram, until, type Program } from '../support/program';
import { spawnProgram, type SpawnedProgram } from '../support/spawn-program';

const READS = 1200;
/** 200 a second. */
const READ_EVERY_MS = 5;

/** What users and operators see while the grant in use dies and another one takes over. */
describe('the switch-over', () => {
  let program: Program;
  let second: SpawnedProgram | undefined;
  let connectorId: string;

  beforeEach(async () => {
    program = await startProgram({ users: 60, env: { ENCRYPTION_KEYS: KEY } });
    await program.connect();
    connectorId = (await program.connectorIds())[0] ?? '';
    await until('the first sync', async () => {
      const { rows } = await program.database.query(`select 1 from sync_runs where state = 'succeeded'`);
      return rows.length > 0 ? true : undefined;
    });
    const startUrl = program.app.get(ReauthorizeLinks, { strict: false }).linkFor(connectorId, 'zoom').url;
    expect((await walkAuthorise({ startUrl, zoomPerson: 'one.second-admin' })).status).toBe(200);
    program.sandbox.control.setZoomWebhookUrl(`${program.url}/webhooks/zoom`);
  });
  afterEach(async () => {
    await second?.kill('SIGKILL');
    second = undefined;
    await program.stop();
  });

  const count = async (sql: string): Promise<number> =>
    Number((await program.database.query<{ n: string }>(`select count(*) as n from ${sql}`)).rows[0]?.n);
  const switched = (): Promise<number> => count(`alerts where kind = 'grant.switched'`);

  it('fails none of 200 status reads a second', async () => {
    const authorization = `Bearer ${await program.token(connectorId)}`;
    const { rows } = await program.database.query<{ email: string }>(
      'select email from integrated_users order by email',
    );
    const results: { status: number; hadSwitched: boolean }[] = [];
    let hasSwitched = false;
    const waiting: Promise<void>[] = [];
    for (let n = 0; n < READS; n += 1) {
      const email = encodeURIComponent(rows[n % rows.length]?.email ?? '');
      waiting.push(
        fetch(`${program.url}/v1/connectors/${connectorId}/users/${email}/status`, { headers: { authorization } })
          .then(
            async (response) =>
              void (await response.text(), results.push({ status: response.status, hadSwitched: hasSwitched })),
          )
          .catch(() => void results.push({ status: 0, hadSwitched: hasSwitched })),
      );
      if (n === READS / 4) program.sandbox.control.removePerson('zoom', 'one.owner');
      if (n % 50 === 0 && !hasSwitched) hasSwitched = (await switched()) > 0;
      await new Promise((resolve) => setTimeout(resolve, READ_EVERY_MS));
    }
    await Promise.all(waiting);
    expect(results.filter(({ status }) => status !== 200)).toEqual([]);
    expect(results).toHaveLength(READS);
    // The reads really ran through it.
    expect(results.filter(({ hadSwitched }) => hadSwitched).length).toBeGreaterThan(50);
    expect(results.filter(({ hadSwitched }) => !hadSwitched).length).toBeGreaterThan(50);
  });

  it('happens once when two processes meet the dead grant together', async () => {
    second = await spawnProgram(program.databaseUrl, program.sandbox, { ENCRYPTION_KEYS: KEY });
    program.sandbox.control.setZoomWebhookUrl(undefined);
    program.sandbox.control.removePerson('zoom', 'one.owner');
    // Long enough for both to have found the token refused before either knows that the grant is dead.
    program.sandbox.control.setFault({ kind: 'zoom.token', fault: 'slow', ms: 2_000 });
    program.sandbox.control.clearRequests();
    // Hints about 40 users, told to both processes: their workers all need the grant at once.
    const { rows } = await program.database.query<{ id: string }>(
      `select zoom_user_id as id from integrated_users where zoom_user_id is not null order by email limit 40`,
    );
    rows.forEach(({ id }, n) => {
      program.sandbox.control.setZoomWebhookUrl(`${n % 2 === 0 ? program.url : second?.url}/webhooks/zoom`);
      program.sandbox.control.sendZoomEvent('user.updated', { id, dept: 'Vertrieb Süd' });
    });
    await program.sandbox.control.webhooksIdle();
    await until('all hints to be worked off', async () =>
      (await count(`webhook_deliveries where processed_at is null`)) === 0 ? true : undefined,
    );
    expect(await count('webhook_deliveries')).toBe(40);
    expect([await switched(), await count(`audit_events where action = 'grant.died'`)]).toEqual([1, 1]);
    expect(await count(`grants where provider = 'zoom' and state = 'active'`)).toBe(1);
    // One process has asked for new tokens, the other has waited for what came of it.
    expect(program.sandbox.control.requests().counts['zoom.token']).toBe(1);
    // Both processes have worked, or there was nothing to prove.
    expect(second.output()).toContain('zoom events worked on');
    expect(program.log()).toContain('zoom events worked on');
  });
});

const KEY = Buffer.alloc(32, 9).toString('base64');
