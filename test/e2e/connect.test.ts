import { startProgram, type Program } from '../support/program';

/** The OAuth way through both sides, over HTTP, against the sandbox. */
describe('connecting', () => {
  let program: Program;

  beforeEach(async () => {
    // Nobody works on jobs: a call in the background at the moment of a new consent would be another story.
    program = await startProgram({ users: 30, role: 'api' });
  });
  afterEach(() => program.stop());

  const rowsOf = async (table: string): Promise<number> =>
    (await program.database.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n ?? -1;

  /** Without what the first sync, which runs by itself, writes of its times. */
  const links = async (): Promise<{ zoom_account_id: string }[]> =>
    (
      await program.database.query<{ zoom_account_id: string }>(
        `select connector_id, zoom_account_id, cloudlink_account_id, connectors.state, connectors.state_reason,
                grant_id, provider, grants.state as grant_state
           from connectors left join grants using (connector_id) order by connector_id, grant_id`,
      )
    ).rows;

  it.each(['zoom-first', 'cloudlink-first'] as const)('works %s and makes one active connector', async (order) => {
    const result = await program.connect({ order });
    expect({ status: result.status, page: result.html }).toMatchObject({
      status: 200,
      page: expect.stringContaining('Connected'),
    });
    const { rows } = await program.database.query(
      'select state, zoom_account_id, cloudlink_account_id from connectors',
    );
    expect(rows).toEqual([
      {
        state: 'active',
        zoom_account_id: 'nordwindZoomAccount001',
        cloudlink_account_id: 'c1000000-0000-4000-8000-000000000001',
      },
    ]);
    expect((await program.database.query('select provider, state from grants order by provider')).rows).toEqual([
      { provider: 'cloudlink', state: 'active' },
      { provider: 'zoom', state: 'active' },
    ]);
  });

  it('shows the page in German to a German browser', async () => {
    const response = await fetch(`${program.url}/oauth/zoom/callback?state=x&code=y`, {
      headers: { 'accept-language': 'de-DE,de;q=0.9' },
    });
    const html = await response.text();
    expect(html).toContain('<html lang="de">');
    expect(html).toContain('Das hat nicht geklappt');
  });

  it.each([
    ['zoom', 'one.admin-without-psi', 'Phone System Integration'],
    ['cloudlink', 'one.user', 'ACCOUNT_ADMIN or PARTNER_ADMIN'],
  ] as const)(
    'refuses a %s admin without the role, names it and stores nothing of that side',
    async (side, person, role) => {
      const result = await program.connect(
        side === 'zoom' ? { zoomPerson: person } : { order: 'cloudlink-first', cloudlinkPerson: person },
      );
      expect(result.status).toBe(403);
      expect(result.html).toContain(role);
      expect(await rowsOf('grants')).toBe(0);
      expect(await rowsOf('connectors')).toBe(0);
    },
  );

  it.each(['zoom', 'cloudlink'] as const)('explains a declined consent at %s', async (decline) => {
    const result = await program.connect({ decline, order: decline === 'zoom' ? 'zoom-first' : 'cloudlink-first' });
    expect(result.status).toBe(403);
    expect(result.html).toContain('did not give its consent');
    expect(await rowsOf('grants')).toBe(0);
  });

  it('refuses a forged state', async () => {
    const response = await fetch(`${program.url}/oauth/zoom/callback?code=abc&state=${'A'.repeat(43)}`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('was not started here');
    expect(program.sandbox.control.requests().counts['zoom.token'] ?? 0).toBe(0);
  });

  /** Goes to the provider's page by hand and comes back with the address of our callback, not yet opened. */
  async function callbackAddress(): Promise<{ callback: string; cookie: string }> {
    const start = await fetch(`${program.url}/oauth/zoom/start`, { redirect: 'manual' });
    const cookie = (start.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const consent = await fetch(start.headers.get('location') ?? '');
    const html = await consent.text();
    const action = new URL(/<form[^>]*action="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '', consent.url);
    const hidden = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name ?? '',
      (value ?? '').replaceAll('&amp;', '&'),
    ]);
    const allowed = await fetch(action, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams([...hidden, ['person', 'one.owner'], ['decision', 'allow']] as [string, string][]),
    });
    return { callback: allowed.headers.get('location') ?? '', cookie };
  }

  it('refuses a state that comes back in another browser, and one that is used twice', async () => {
    const { callback, cookie } = await callbackAddress();
    expect(callback).toContain('/oauth/zoom/callback?');
    const stranger = await fetch(callback);
    expect(stranger.status).toBe(400);
    expect(await stranger.text()).toContain('another browser');
    const first = await fetch(callback, { headers: { cookie } });
    expect(first.status).toBe(200);
    const second = await fetch(callback, { headers: { cookie } });
    expect(second.status).toBe(400);
    expect(await second.text()).toContain('already been used');
    expect(await rowsOf('grants')).toBe(1);
  });

  it('refuses an attempt that took too long', async () => {
    const { callback, cookie } = await callbackAddress();
    program.clock.advance(16 * 60_000);
    const late = await fetch(callback, { headers: { cookie } });
    expect(late.status).toBe(400);
    expect(await late.text()).toContain('longer than 15 minutes');
  });

  it('explains an expired code', async () => {
    const { callback, cookie } = await callbackAddress();
    program.sandbox.control.expireCodes();
    const response = await fetch(callback, { headers: { cookie } });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('did not accept the authorisation code');
    expect(await rowsOf('grants')).toBe(0);
  });

  it('refuses to link an account that is linked elsewhere, and changes nothing', async () => {
    expect((await program.connect()).status).toBe(200);
    const before = await links();
    expect(before).not.toEqual([]);
    const conflict = await program.connect({ zoomPerson: 'two.owner', cloudlinkPerson: 'one.account-admin' });
    expect(conflict.status).toBe(409);
    expect(conflict.html).toContain('already linked');
    expect((await links()).filter(({ zoom_account_id }) => zoom_account_id === 'nordwindZoomAccount001')).toEqual(
      before,
    );
  });

  it('keeps a second admin’s grant as standby and replaces the same admin’s own', async () => {
    await program.connect();
    await program.connect();
    await program.connect({ order: 'zoom-first', zoomPerson: 'one.second-admin' });
    await program.connect({ order: 'cloudlink-first', cloudlinkPerson: 'one.second-admin' });
    const { rows } = await program.database.query(
      'select provider, state, count(*)::int as n from grants group by 1, 2 order by 1, 2',
    );
    expect(rows).toEqual([
      { provider: 'cloudlink', state: 'active', n: 1 },
      { provider: 'cloudlink', state: 'standby', n: 1 },
      { provider: 'zoom', state: 'active', n: 1 },
      { provider: 'zoom', state: 'standby', n: 1 },
    ]);
  });

  it('answers an unknown provider and a broken callback with a page, not with a problem document', async () => {
    for (const path of [
      '/oauth/teams/start',
      '/oauth/zoom/callback',
      '/oauth/zoom/callback?code=a&code=b&state=c',
      `/oauth/zoom/callback?state=${'x'.repeat(5000)}`,
    ]) {
      const response = await fetch(`${program.url}${path}`);
      expect([400, 404]).toContain(response.status);
      expect(response.headers.get('content-type')).toContain('text/html');
    }
  });
});
