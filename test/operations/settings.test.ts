import { randomUUID } from 'node:crypto';
import { ConnectorSettingsService } from '../../src/operations/settings/connector-settings.service';
import { SettingsModule } from '../../src/operations/settings/settings.module';
import { registered, UsersApp } from '../users/users-app';

const HOUR = 3600;

interface Settings {
  [name: string]: unknown;
  errors: { field: string; rule: string }[];
}

describe('the settings of a connector', () => {
  let users: UsersApp;
  beforeAll(async () => {
    users = await UsersApp.start({ SYNC_INTERVAL: '30m' }, undefined, [SettingsModule]);
    for (const email of ['a@example.com', 'b@example.com']) await users.addUser({ email });
    await users.addUser({ email: 'pending@example.com', credential: 'none' });
    await users.addUser({ email: 'gone@example.com', status: 'removed' });
  });
  afterAll(() => users.stop());

  const call = async (method: string, body?: unknown, token?: string): Promise<{ status: number; body: Settings }> => {
    const response = await fetch(`${users.url}/v1/connectors/${users.connectorId}/settings`, {
      method,
      headers: {
        authorization: `Bearer ${token ?? (await users.token())}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Settings };
  };
  const patch = (body: unknown): Promise<{ status: number; body: Settings }> => call('PATCH', body);
  const audited = async (): Promise<unknown[]> => {
    const { rows } = await users.database.query<{ details: unknown }>(
      `select details from audit_events where connector_id = $1 and action = 'connector.changed' order by event_id`,
      [users.connectorId],
    );
    return rows.map(({ details }) => details);
  };
  const set = (change: string): Promise<unknown> =>
    users.database.query(`update connectors set ${change} where connector_id = $1`, [users.connectorId]);
  const secondsToNext = async (): Promise<number | null> => {
    const { rows } = await users.database.query<{ s: number | null }>(
      'select extract(epoch from next_sync_at - now())::float8 as s from connectors where connector_id = $1',
      [users.connectorId],
    );
    return rows[0]?.s ?? null;
  };

  const DEFAULTS = {
    name: '',
    membership: 'automatic',
    removalLimitPercent: null,
    syncIntervalSeconds: null,
    mobileCalling: true,
    defaults: { removalLimitPercent: 5, syncIntervalSeconds: 1800 },
  };

  it('are shown, changed one by one, and kept in the audit from what to what', async () => {
    expect((await call('GET')).body).toEqual(DEFAULTS);
    const changed = { name: 'Zürich', removalLimitPercent: 0, syncIntervalSeconds: 600 };
    expect(await patch(changed)).toEqual({ status: 200, body: { ...DEFAULTS, ...changed } });
    expect((await patch({ name: 'Zürich' })).body).toEqual({ ...DEFAULTS, ...changed });
    expect((await patch({})).body).toEqual({ ...DEFAULTS, ...changed });
    expect((await patch({ name: '', removalLimitPercent: null, syncIntervalSeconds: null })).body).toEqual(DEFAULTS);
    expect((await call('GET')).body).toEqual(DEFAULTS);
    expect(await audited()).toEqual([
      {
        name: 'Zürich',
        nameBefore: '',
        removalLimitPercent: 0,
        removalLimitPercentBefore: null,
        syncIntervalSeconds: 600,
        syncIntervalSecondsBefore: null,
      },
      {
        name: '',
        nameBefore: 'Zürich',
        removalLimitPercent: null,
        removalLimitPercentBefore: 0,
        syncIntervalSeconds: null,
        syncIntervalSecondsBefore: 600,
      },
    ]);
  });

  it.each([
    ['syncIntervalSeconds', 299],
    ['syncIntervalSeconds', 86_401],
    ['syncIntervalSeconds', 600.5],
    ['syncIntervalSeconds', '600'],
    ['removalLimitPercent', 51],
    ['removalLimitPercent', -1],
    ['name', 'a\u0007b'],
    ['name', 'x'.repeat(201)],
    ['name', null],
    ['membership', 'all'],
    ['membership', null],
    ['mobileCalling', 'false'],
    ['mobileCalling', null],
    ['state', 'active'],
  ])('refuse %s: %j, naming the field, and nothing changes', async (field, value) => {
    const { status, body } = await patch({ [field]: value, ...(field === 'name' ? {} : { name: 'half' }) });
    expect([status, body.errors.map((error) => error.field)]).toEqual([400, expect.arrayContaining([field])]);
    expect(JSON.stringify(body)).not.toContain('x'.repeat(201));
    expect((await call('GET')).body).toEqual(DEFAULTS);
  });

  it('need the scope to manage the connector', async () => {
    const reader = await users.token(['status:read', 'sync:run', 'audit:read']);
    expect((await call('GET', undefined, reader)).status).toBe(403);
    expect((await call('PATCH', { name: 'x' }, reader)).status).toBe(403);
  });

  it('let a shorter interval take effect at once, and a longer one after the next sync', async () => {
    await set(`next_sync_at = now() + interval '6 hours'`);
    await patch({ syncIntervalSeconds: 300 });
    expect(await secondsToNext()).toBeGreaterThan(250);
    expect(await secondsToNext()).toBeLessThan(301);
    await set(`next_sync_at = now() + interval '30 seconds'`);
    await patch({ syncIntervalSeconds: 24 * HOUR });
    expect(await secondsToNext()).toBeLessThan(31);
    // Back to the default, which is shorter.
    await set(`next_sync_at = now() + interval '6 hours'`);
    await patch({ syncIntervalSeconds: null });
    expect(await secondsToNext()).toBeLessThan(1801);
    await set(`next_sync_at = null`);
    await patch({ syncIntervalSeconds: 300 });
    expect(await secondsToNext()).toBeNull();
    await patch({ syncIntervalSeconds: null });
  });

  it('have both sides read whole after another membership, and not after another name', async () => {
    const isFullDue = async (): Promise<boolean> => {
      const { rowCount } = await users.database.query(
        'select from connectors where connector_id = $1 and next_full_sync_at is null',
        [users.connectorId],
      );
      return rowCount === 1;
    };
    await set(`next_full_sync_at = now() + interval '6 hours'`);
    await patch({ name: 'x', membership: 'automatic' });
    expect(await isFullDue()).toBe(false);
    await patch({ membership: 'chosen' });
    expect(await isFullDue()).toBe(true);
    await patch({ name: '', membership: 'automatic' });
  });

  it('write both of two changes that come together', async () => {
    await Promise.all([
      patch({ name: 'both' }),
      patch({ removalLimitPercent: 7 }),
      patch({ syncIntervalSeconds: 900 }),
    ]);
    expect((await call('GET')).body).toMatchObject({
      name: 'both',
      removalLimitPercent: 7,
      syncIntervalSeconds: 900,
    });
  });

  it('are nothing of another connector, nor of one that there is not', async () => {
    const service = users.app.get(ConnectorSettingsService);
    const nobody = { actorKind: 'admin' as const, actorId: 'cli:x' };
    const unknown = '00000000-0000-4000-8000-000000000000';
    await expect(service.get(unknown)).rejects.toMatchObject({ code: 'not_found' });
    await expect(service.change(unknown, { name: 'x' }, nobody)).rejects.toMatchObject({ code: 'not_found' });
    const other = randomUUID();
    await users.addConnector(other);
    const foreign = await users.token(undefined, other);
    expect((await call('GET', undefined, foreign)).status).toBe(404);
    expect((await call('PATCH', { name: 'stolen' }, foreign)).status).toBe(404);
    expect((await call('GET')).body['name']).not.toBe('stolen');
  });

  describe('with mobile calling switched off', () => {
    const changed = async (cursor: string): Promise<unknown> => {
      const response = await fetch(`${users.url}/v1/connectors/${users.connectorId}/changes?cursor=${cursor}`, {
        headers: { authorization: `Bearer ${await users.token()}` },
      });
      return response.json();
    };
    const handOut = async (platform: string, email = 'a@example.com'): Promise<unknown[]> => {
      const { status, body } = await users.get(`/${email}/registration?platform=${platform}`);
      return [status, status === 200 ? body.features : body.code];
    };

    it('give no mobile app a registration, and every desktop app its own', async () => {
      const on = { mobile: true, hybrid: null };
      expect([await handOut('mobile'), await handOut('desktop')]).toEqual([
        [200, on],
        [200, on],
      ]);
      await users.report('a@example.com', 'm1', registered(600, 'mobile'));
      const { nextCursor: cursor } = (await changed('now')) as { nextCursor: string };
      await patch({ mobileCalling: false });
      const off = [409, 'mobile_calling_off'];
      expect([await handOut('mobile'), await handOut('desktop')]).toEqual([off, [200, { ...on, mobile: false }]]);
      expect(await handOut('mobile', 'pending@example.com')).toEqual(off);
      expect(await handOut('mobile', 'gone@example.com')).toEqual([404, 'not_found']);
      // What is registered stays so until it lapses, and is shown.
      expect(await users.status('a@example.com')).toMatchObject({ status: 'registered' });
      users.clock.advance(601);
      expect(await users.status('a@example.com')).toMatchObject({ status: 'inactive' });
      // Who keeps hand-outs hears of everybody who has one.
      const told = ['a@example.com', 'b@example.com'].map(
        (email) => expect.objectContaining({ email, changed: ['targets'] }) as unknown,
      );
      const first = (await changed(cursor)) as { items: unknown[]; nextCursor: string };
      expect(first).toMatchObject({ items: expect.arrayContaining(told), more: false });
      expect(first.items).toHaveLength(2);
      await patch({ mobileCalling: false, name: 'z' });
      expect(await changed(first.nextCursor)).toMatchObject({ items: [] });
      await patch({ mobileCalling: true });
      expect(await handOut('mobile')).toEqual([200, on]);
      expect((await changed(first.nextCursor)) as { items: unknown[] }).toMatchObject({ items: [{}, {}] });
    });

    it('record no credential as read that was not handed out', async () => {
      await patch({ mobileCalling: false });
      const count = async (): Promise<unknown> =>
        (await users.database.query(`select count(*) from audit_events where action = 'credential.read'`)).rows;
      const before = await count();
      await handOut('mobile');
      expect(await count()).toEqual(before);
      await patch({ mobileCalling: true });
    });
  });
});
