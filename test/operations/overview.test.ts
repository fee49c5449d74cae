import { OpenApiCheck } from '../support/open-api-check';
import { endedRun, startProgram, type Program } from '../support/program';

interface Side {
  grants: Record<string, unknown>[];
  reauthorize: { url: string; expiresAt: string } | null;
}

interface Overview {
  state: string;
  reasons: unknown[];
  disconnectsAt: string | null;
  syncedAt: string | null;
  language: string | null;
  alerts: unknown;
  lastSync: unknown;
  nextFullSyncAt: string | null;
  deltaRefused: unknown;
  zoom: Side;
  cloudlink: Side;
}

describe('the overview of a connector', () => {
  let program: Program;
  let api: OpenApiCheck;
  let connectorId: string;
  let manager: string;
  let reader: string;

  async function look(token = manager): Promise<Overview> {
    const path = `/v1/connectors/${connectorId}`;
    const response = await fetch(`${program.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    const text = await response.text();
    api.check('GET', path, response.status, response.headers.get('content-type'), text);
    expect(response.headers.get('cache-control')).toBe('no-store');
    return JSON.parse(text) as Overview;
  }
  const set = (table: 'connectors' | 'grants', change: string, where = 'true'): Promise<unknown> =>
    program.database.query(`update ${table} set ${change} where connector_id = $1 and ${where}`, [connectorId]);
  const killZoom = (): Promise<unknown> =>
    set(
      'grants',
      `state = 'dead', dead_reason = 'invalid_grant', dead_at = '2026-11-20T00:00:00Z', access_token = null, refresh_token = null`,
      `provider = 'zoom'`,
    );

  beforeEach(async () => {
    program = await startProgram({ users: 5, env: { GRACE_PERIOD: '2h' } });
    api = await OpenApiCheck.of(program.url);
    await program.connect();
    connectorId = (await program.connectorIds())[0] ?? '';
    await endedRun(program, connectorId);
    manager = await program.token(connectorId, ['status:read', 'connector:manage']);
    reader = await program.token(connectorId, ['status:read']);
  });
  afterEach(() => program.stop());

  it('has nothing to ask for while all is well', async () => {
    const overview = await look();
    expect(overview).toMatchObject({
      state: 'active',
      reasons: [],
      disconnectsAt: null,
      language: null,
      alerts: { dead: 0 },
      zoom: {
        reauthorize: null,
        grants: [{ kind: 'admin', state: 'active', atRisk: null, checkedAt: expect.any(String) }],
      },
      cloudlink: { reauthorize: null },
    });
    const { rows } = await program.database.query<{ at: Date; authorised: Date }>(
      `select synced_at as at, (select authorised_at from grants where provider = 'zoom') as authorised from connectors`,
    );
    expect(overview.syncedAt).toBe(rows[0]?.at.toISOString());
    expect(overview.zoom.grants[0]?.['authorisedAt']).toBe(rows[0]?.authorised.toISOString());
  });

  it('shows a grant at risk and offers a link, only to who may change the connector', async () => {
    const since = '2026-11-20T00:00:00.000Z';
    await set('grants', `at_risk_reason = 'user_left', at_risk_since = '${since}'`, `provider = 'zoom'`);
    await set('grants', `checked_at = '${since}', kind = 'service_client'`, `provider = 'cloudlink'`);
    await set('connectors', `language = 'de'`);
    const overview = await look();
    expect(overview).toMatchObject({
      state: 'active',
      reasons: [],
      language: 'de',
      zoom: { grants: [{ atRisk: { reason: 'user_left', since } }] },
      cloudlink: { grants: [{ kind: 'service_client', checkedAt: since, atRisk: null }], reauthorize: null },
    });
    expect(overview.zoom.reauthorize).toEqual({
      url: expect.stringContaining(program.url),
      expiresAt: expect.any(String),
    });
    expect(await look(reader)).toEqual({ ...overview, zoom: { ...overview.zoom, reauthorize: null } });
  });

  it('says which side is dead, why and since when, and when the connector goes', async () => {
    await killZoom();
    await set('connectors', `state = 'reauthorization_required', zoom_deauthorised_at = '2046-11-20T00:00:00Z'`);
    expect(await look()).toMatchObject({
      reasons: [{ provider: 'zoom', code: 'invalid_grant', since: '2026-11-20T00:00:00.000Z' }],
      disconnectsAt: '2046-11-20T02:00:00.000Z',
      zoom: { reauthorize: { url: expect.any(String) } },
      cloudlink: { reauthorize: null },
    });
    expect((await look(reader)).zoom.reauthorize).toBeNull();
  });

  it('does not say so once Zoom is authorised again, or when it has come to that', async () => {
    await set('connectors', `zoom_deauthorised_at = '2046-11-20T00:00:00Z'`);
    expect((await look()).disconnectsAt).toBeNull();
    await killZoom();
    expect((await look()).disconnectsAt).toBe('2046-11-20T02:00:00.000Z');
    await set('connectors', `state = 'disconnected'`);
    expect(await look()).toMatchObject({ disconnectsAt: null, reasons: [], zoom: { reauthorize: null } });
  });

  it('says how the last sync read, when both sides are read whole again, and why it is always so', async () => {
    const since = '2026-11-20T00:00:00.000Z';
    await set('connectors', `next_full_sync_at = '${since}'`);
    expect(await look(reader)).toMatchObject({
      lastSync: { mode: 'full' },
      nextFullSyncAt: since,
      deltaRefused: null,
    });
    const refuse = (reason: string): Promise<unknown> =>
      set('connectors', `delta_refused_at = '${since}', delta_refused_reason = '${reason}', next_full_sync_at = null`);
    await refuse('ignored');
    expect(await look(reader)).toMatchObject({
      nextFullSyncAt: null,
      deltaRefused: { reason: 'ignored', since, triesAgainAt: '2026-11-27T00:00:00.000Z' },
    });
    await refuse('no_modified_on');
    expect((await look(reader)).deltaRefused).toEqual({ reason: 'no_modified_on', since, triesAgainAt: null });
  });

  it('counts the alerts that were given up', async () => {
    await program.database.query(
      `with a as (insert into alerts (connector_id, alert_id, kind) values ($1, gen_random_uuid(), 'grant.dead') returning *)
       insert into alert_deliveries (connector_id, alert_id, delivery_id, channel, destination, state)
       select connector_id, alert_id, gen_random_uuid(), 'email', d, s from a, (values ('x', 'dead'), ('y', 'dead'), ('z', 'delivered')) v (d, s)`,
      [connectorId],
    );
    expect((await look(reader)).alerts).toEqual({ dead: 2 });
  });
});
