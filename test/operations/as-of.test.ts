import { OpenApiCheck } from '../support/open-api-check';
import { postponeZoomPhone } from '../support/postpone-zoom-phone';
import { endedRun, startProgram, type Program } from '../support/program';

const ROUTES = ['', '/status', '/registration?platform=desktop'] as const;

/** "While a connector waits for an admin, users keep what was good last, and the answer says how old that is." */
describe('asOf', () => {
  let program: Program;
  let api: OpenApiCheck;
  let connectorId: string;
  let token: string;
  let userId: string;

  async function read(route: (typeof ROUTES)[number]): Promise<Record<string, unknown>> {
    const path = `/v1/connectors/${connectorId}/users/${encodeURIComponent(userId)}${route}`;
    const response = await fetch(`${program.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    const text = await response.text();
    api.check('GET', path, response.status, response.headers.get('content-type'), text);
    return { http: response.status, ...(JSON.parse(text) as object) };
  }
  /** What all three answers say, once the second is over for which one of them is remembered. */
  async function asOf(): Promise<unknown[]> {
    program.clock.advance(1_000);
    return Promise.all(ROUTES.map(async (route) => (await read(route))['asOf']));
  }
  const syncedAt = async (): Promise<string | undefined> =>
    (await program.database.query<{ at: Date }>('select synced_at as at from connectors')).rows[0]?.at?.toISOString();
  async function sync(): Promise<Record<string, unknown>> {
    const before = await endedRun(program, connectorId);
    await fetch(`${program.url}/v1/connectors/${connectorId}/sync`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    return endedRun(program, connectorId, before['id'] as string);
  }

  beforeAll(async () => {
    program = await startProgram({ users: 30 });
    api = await OpenApiCheck.of(program.url);
    await program.connect();
    await postponeZoomPhone(program);
    connectorId = (await program.connectorIds())[0] ?? '';
    token = await program.token(connectorId);
    await endedRun(program, connectorId);
    const { body } = await program.get(`/v1/connectors/${connectorId}/users?status=inactive&limit=1`, token);
    userId = (body['items'] as { userId: string }[])[0]?.userId ?? '';
  });
  afterAll(() => program.stop());
  afterEach(() => program.sandbox.control.reset());

  it('is the end of the last complete sync, and moves with the next one', async () => {
    const first = await syncedAt();
    expect(await asOf()).toEqual([first, first, first]);
    expect(await sync()).toMatchObject({ state: 'succeeded', finishedAt: await syncedAt() });
    const second = await syncedAt();
    expect(second).not.toBe(first);
    expect(await asOf()).toEqual([second, second, second]);
  });

  it('stands still after a sync that failed or that waits for approval', async () => {
    const before = await syncedAt();
    program.sandbox.control.setFault({ kind: 'cloudlink.psi', fault: '403' });
    expect(await sync()).toMatchObject({ state: 'failed' });
    program.sandbox.control.reset();
    program.sandbox.control.setFault({ kind: 'cloudlink.psi', fault: 'empty-list' });
    expect(await sync()).toMatchObject({ state: 'awaiting_approval' });
    expect(await asOf()).toEqual([before, before, before]);
  });

  it('is the only thing that ages while an admin has to authorise again', async () => {
    const before = await Promise.all(ROUTES.map(read));
    await program.database.query(`update connectors set state = 'reauthorization_required', state_reason = 'test'`);
    program.clock.advance(5_000);
    expect(await Promise.all(ROUTES.map(read))).toEqual(before);
    expect(before).toMatchObject([{ http: 200 }, { http: 200 }, { http: 200, sip: { ha1: expect.any(String) } }]);
    await program.database.query(`update connectors set state = 'active', state_reason = null`);
  });

  it('is null before the first complete sync', async () => {
    await program.database.query('update connectors set synced_at = null');
    expect(await asOf()).toEqual([null, null, null]);
    // Remembered, too, not only freshly read.
    expect((await read('/status'))['asOf']).toBeNull();
  });
});
