import { walkAuthorise } from '../../sandbox/walkthrough';
import { ReauthorizeLinks } from '../../src/oauth/reauthorize-links';
import { OpenApiCheck } from '../support/open-api-check';
import { endedRun, startProgram, until, type Program } from '../support/program';

const SCOPES = 'user:read:list_users:admin user:read:user:admin user:read:list_permissions:admin';

interface ZoomPhone {
  answer: string | null;
  since: string | null;
  answeredAt: string | null;
  failure: { code: string } | null;
}

/** The whole program, with its grants, its queue and its limits, against the sandbox over HTTP. */
describe('Zoom Phone besides', () => {
  let program: Program;
  let api: OpenApiCheck;
  let connectorId: string;
  let token: string;

  beforeAll(async () => {
    program = await startProgram({ users: 60 });
    api = await OpenApiCheck.of(program.url);
    await program.connect();
    connectorId = (await program.connectorIds())[0] ?? '';
    // The look of every minute must not come before a test has looked itself.
    await rows(`insert into zoom_phone_listings select connector_id, now() + interval '1 day' from connectors`);
    await endedRun(program, connectorId);
    token = await program.token(connectorId);
  });
  afterAll(() => program.stop());

  const rows = async (sql: string): Promise<Record<string, unknown>[]> => (await program.database.query(sql)).rows;
  const configure = (change: Parameters<typeof program.sandbox.control.configure>[0]): unknown =>
    program.sandbox.control.configure(change);

  async function get(path: string): Promise<Record<string, unknown>> {
    const url = `/v1/connectors/${connectorId}${path}`;
    const response = await fetch(`${program.url}${url}`, { headers: { authorization: `Bearer ${token}` } });
    const text = await response.text();
    api.check('GET', url.replace(/\?.*/, ''), response.status, response.headers.get('content-type'), text);
    return JSON.parse(text) as Record<string, unknown>;
  }
  const overview = async (): Promise<ZoomPhone> => (await get(''))['zoomPhone'] as ZoomPhone;

  /** Looks until it is so: the look of every minute may be under way with an earlier listing. */
  async function listed(condition: string): Promise<void> {
    await until(
      'the listing',
      async () => {
        await rows(`select graphile_worker.add_job('enqueue-zoom-phone', job_key := 'test/look')`);
        return (await rows(`select 1 from zoom_phone_listings where ${condition}`)).length > 0 ? true : undefined;
      },
      30_000,
    );
  }

  /** As the look of every minute, now; waits until Zoom has been asked to the end. */
  async function read(): Promise<ZoomPhone> {
    await rows('update zoom_phone_listings set next_at = now()');
    await listed(`begun_at is null and next_at > now()`);
    return overview();
  }

  async function hybridOf(index: number): Promise<unknown> {
    const user = encodeURIComponent(await emailOf(index));
    const { features } = await get(`/users/${user}/registration?platform=desktop`);
    expect((await get(`/users/${user}`))['zoomPhone']).toBe((features as { hybrid: unknown }).hybrid);
    return (features as { hybrid: unknown }).hybrid;
  }
  const emailOf = async (index: number): Promise<string> =>
    String((await rows(`select email from integrated_users where email ~ '\\.${index}@'`))[0]?.['email']);

  const grants = (): Promise<Record<string, unknown>[]> =>
    rows(
      `select provider, subject_email, state, at_risk_reason, dead_reason from grants order by provider, created_at`,
    );

  it('is not known at first, and then handed out', async () => {
    expect(await overview()).toEqual({ answer: null, since: null, answeredAt: null, failure: null });
    expect([await hybridOf(1), await hybridOf(2)]).toEqual([null, null]);
    const { answer, failure } = await read();
    expect([answer, failure]).toEqual(['listed', null]);
    // By the sandbox's rule every third has it, for every twelfth it is disabled.
    expect([await hybridOf(1), await hybridOf(2), await hybridOf(4)]).toEqual([true, false, false]);
  });

  it('follows what Zoom says, and says since when', async () => {
    const before = await read();
    const again = await read();
    expect([again.since, again.answeredAt !== before.answeredAt]).toEqual([before.since, true]);
    program.sandbox.control.setZoomPhone(1, 2, 'activate');
    await read();
    expect(await hybridOf(2)).toBe(true);
    configure({ zoomPhone: 'not-enabled' });
    const none = await read();
    expect([none.answer, none.since === before.since]).toEqual(['not_enabled', false]);
    expect([await hybridOf(1), await hybridOf(2)]).toEqual([false, false]);
    configure({ zoomPhone: 'enabled' });
    expect((await read()).answer).toBe('listed');
    expect(await hybridOf(1)).toBe(true);
  });

  it.each([
    ['the role has no right to it', { zoomPhone: 'no-permission' }],
    ['the role has no right to a site', { zoomPhone: 'other-site' }],
    ['the token is refused, here alone', '401'],
    ['Zoom denies the account its API', '403'],
  ] as const)('is kept, and no grant suffers, when %s', async (_, wrong) => {
    await read();
    const before = await grants();
    const { control } = program.sandbox;
    if (typeof wrong === 'string') control.setFault({ kind: 'zoom.phone_users', fault: wrong });
    else control.configure(wrong);
    expect(await read()).toMatchObject({ answer: 'listed', failure: { code: 'provider_rejected' } });
    expect(await hybridOf(1)).toBe(true);
    expect(await grants()).toEqual(before);
    control.reset();
    expect(await read()).toMatchObject({ answer: 'listed', failure: null });
  });

  it.each(['400', '401', '403'] as const)(
    'is unknown of all without the scope (HTTP %s), while syncs and grants go on; authorising again brings it back',
    async (zoomScopeStatus) => {
      const authorise = (): Promise<unknown> =>
        walkAuthorise({
          startUrl: program.app.get(ReauthorizeLinks, { strict: false }).linkFor(connectorId, 'zoom').url,
        });
      configure({ zoomScope: SCOPES, zoomScopeStatus });
      await authorise();
      const refreshes = (): number => program.sandbox.control.requests().counts['zoom.token.refresh_token'] ?? 0;
      const before = refreshes();
      expect(await read()).toMatchObject({ answer: 'scope_missing', failure: null });
      expect([await hybridOf(1), await hybridOf(2)]).toEqual([null, null]);
      // A new token would have the same scopes.
      expect(refreshes()).toBe(before);
      const last = (await get('/sync-runs?limit=1'))['items'] as { id: string }[];
      await fetch(`${program.url}/v1/connectors/${connectorId}/sync`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
      });
      expect(await endedRun(program, connectorId, last[0]?.id)).toMatchObject({ state: 'succeeded' });
      expect((await grants()).map(({ state, at_risk_reason: risk }) => [state, risk])).toEqual([
        ['active', null],
        ['active', null],
      ]);
      program.sandbox.control.reset();
      await authorise();
      // It is due without being asked for.
      await listed(`answer = 'listed'`);
      expect(await hybridOf(1)).toBe(true);
    },
  );

  it('goes with the connector', async () => {
    await read();
    await fetch(`${program.url}/v1/connectors/${connectorId}/disconnect`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    await until('the end', async () =>
      (await rows('select 1 from zoom_phone_listings')).length === 0 ? true : undefined,
    );
  });
});
