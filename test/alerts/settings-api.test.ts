import { randomUUID } from 'node:crypto';
import { OpenApiCheck } from '../support/open-api-check';
import { AlertsApp } from './alerts-app';

/** Webhooks of connectors lead to the internet only, as with real providers. Every answer is held against OpenAPI. */
describe('the REST API of alerts', () => {
  let app: AlertsApp;
  let api: OpenApiCheck;
  let base: string;
  let token: string;

  beforeAll(async () => {
    app = await AlertsApp.start({ real: true, env: { DEFAULT_LANGUAGE: 'de' } });
    api = await OpenApiCheck.of(app.url);
    base = `/v1/connectors/${app.connectorId}`;
    token = await app.token();
  });
  afterAll(() => app.stop());

  async function call(
    method: string,
    path: string,
    body?: unknown,
    bearer = token,
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(`${app.url}${base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${bearer}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    api.check(method, `${base}${path}`, response.status, response.headers.get('content-type'), text);
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> };
  }

  const audits = async (action: string): Promise<Record<string, unknown>[]> =>
    (
      await app.database.query<Record<string, unknown>>(
        'select actor_kind, subject, details, request_id, address from audit_events where action = $1 order by event_id',
        [action],
      )
    ).rows;

  it('shows and changes who is written to, and keeps it in the audit without addresses', async () => {
    expect(await call('GET', '/alert-settings')).toEqual({
      status: 200,
      body: { language: null, emails: [], defaultLanguage: 'de', emailEnabled: false },
    });
    const settings = { language: 'en', emails: ['jörg@müller.example', 'JÖRG@müller.example', 'b@example.com'] };
    const kept = { language: 'en', emails: ['jörg@müller.example', 'b@example.com'] };
    expect(await call('PUT', '/alert-settings', settings)).toMatchObject({ status: 200, body: kept });
    expect(await call('GET', '/alert-settings')).toMatchObject({ body: kept });
    expect(await call('PUT', '/alert-settings', { language: null, emails: [] })).toMatchObject({
      status: 200,
      body: { language: null, emails: [] },
    });
    expect(await audits('alert_settings.changed')).toEqual([
      expect.objectContaining({
        actor_kind: 'client',
        subject: app.connectorId,
        details: { language: 'en', emails: 2 },
        request_id: expect.any(String),
        address: expect.any(String),
      }),
      expect.objectContaining({ details: { language: null, emails: 0 } }),
    ]);
  });

  it.each<[string, unknown, string]>([
    ['no language', { emails: [] }, 'language'],
    ['an unknown language', { language: 'fr', emails: [] }, 'language'],
    ['no addresses', { language: 'en' }, 'emails'],
    ['too many addresses', { language: 'en', emails: Array.from({ length: 21 }, (_, n) => `a${n}@b.c`) }, 'emails'],
    ['what is no address', { language: 'en', emails: ['a@b.c', 'x, y@b.c'] }, 'emails.1'],
    ['a line break', { language: 'en', emails: ['a@b.c\r\nbcc: x@y.z'] }, 'emails.0'],
    ['an unknown field', { language: 'en', emails: [], colour: 'red' }, 'colour'],
  ])('refuses %s', async (_, body, field) => {
    expect(await call('PUT', '/alert-settings', body)).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: expect.arrayContaining([expect.objectContaining({ field })]) },
    });
  });

  it('adds a webhook and shows its secret once, keeps it sealed, and removes it', async () => {
    const added = await call('POST', '/alert-webhooks', { url: 'https://93.184.215.14/hooks/' });
    expect(added).toMatchObject({
      status: 201,
      body: { url: 'https://93.184.215.14/hooks', secret: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) },
    });
    const { id, secret } = added.body as { id: string; secret: string };
    const list = await call('GET', '/alert-webhooks');
    expect(list.body).toEqual({
      items: [{ id, url: 'https://93.184.215.14/hooks', createdAt: expect.any(String) }],
    });
    const { rows } = await app.database.query<{ secret: Buffer }>('select secret from alert_webhooks');
    expect(rows).toHaveLength(1);
    for (const shown of [
      rows[0]?.secret.toString('latin1'),
      app.log(),
      JSON.stringify(await audits('alert_webhook.added')),
    ]) {
      expect(shown).not.toContain(secret);
    }
    expect(await call('POST', '/alert-webhooks', { url: 'https://93.184.215.14/hooks' })).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    });
    expect(await call('DELETE', `/alert-webhooks/${id}`)).toMatchObject({ status: 204 });
    expect(await call('DELETE', `/alert-webhooks/${id}`)).toMatchObject({ status: 404 });
    expect(await call('DELETE', '/alert-webhooks/x')).toMatchObject({ status: 400 });
    expect(await audits('alert_webhook.added')).toMatchObject([{ subject: id, details: { host: '93.184.215.14' } }]);
    expect(await audits('alert_webhook.removed')).toMatchObject([{ subject: id }]);
  });

  it.each([
    'http://hooks.example.com/',
    'http://127.0.0.1:8080/',
    'https://localhost/',
    'https://10.0.0.1/',
    'https://192.168.1.1:8443/x',
    'https://169.254.169.254/latest/meta-data',
    'https://[fe80::1]/',
    'https://[::ffff:169.254.169.254]/',
    'https://2852039166/',
    'https://user:pass@hooks.example.com/',
    'https://hooks.example.com/?token=x',
    'ftp://hooks.example.com/',
    'nonsense',
  ])('refuses the address %s', async (url) => {
    expect(await call('POST', '/alert-webhooks', { url })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ field: 'url' }] },
    });
  });

  it('has room for ten webhooks, also when they come at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 14 }, (_, n) => call('POST', '/alert-webhooks', { url: `https://93.184.215.14/${n}` })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array<number>(10).fill(201),
      ...Array<number>(4).fill(409),
    ]);
    await app.database.query('delete from alert_webhooks');
  });

  it('does not post to a link-local or private address that came into the table in another way', async () => {
    const added = await call('POST', '/alert-webhooks', { url: 'https://93.184.215.14/x' });
    for (const url of ['http://169.254.169.254/latest', 'http://localhost:1/x']) {
      await app.database.query('update alert_webhooks set url = $1', [url]);
      await app.raise({ kind: 'connector.recovered' });
      expect((await app.settled()).at(-1)).toMatchObject({ state: 'dead', attempts: 1, last_error: 'ADDRESS_REFUSED' });
      await app.database.query('delete from alerts');
    }
    await call('DELETE', `/alert-webhooks/${String(added.body['id'])}`);
  });

  it('lists alerts newest first, page by page, without gaps when new ones come in between', async () => {
    const grantId = randomUUID();
    for (let n = 0; n < 7; n += 1) {
      await app.raise({ kind: 'grant.at_risk', provider: 'cloudlink', grantId, reason: `r${n}`, details: { n } });
    }
    // Two of the same millisecond must neither be lost nor come twice.
    await app.database.query(`update alerts set at = (select max(at) from alerts) where reason in ('r3', 'r4', 'r5')`);
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await call('GET', `/alerts?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`);
      expect(page.status).toBe(200);
      seen.push(...(page.body['items'] as { id: string }[]).map(({ id }) => id));
      await app.raise({ kind: 'connector.recovered' });
      cursor = (page.body['nextCursor'] as string | null) ?? '';
    } while (cursor !== '');
    expect([seen.length, new Set(seen).size]).toEqual([7, 7]);
    const newest = await call('GET', '/alerts?limit=1');
    expect(newest.body['items']).toMatchObject([{ kind: 'connector.recovered', provider: null, deliveries: [] }]);
    for (const wrong of ['abc', Buffer.from('2026-99-01T00:00:00.000Z x').toString('base64url')]) {
      expect(await call('GET', `/alerts?cursor=${wrong}`)).toMatchObject({ status: 400 });
    }
    expect(await call('GET', '/alerts?limit=0')).toMatchObject({ status: 400 });
  });

  it('asks for the right scope, and shows nothing of another connector', async () => {
    const reader = await app.token(['status:read']);
    expect(await call('GET', '/alerts', undefined, reader)).toMatchObject({ status: 200 });
    for (const [method, path, body] of [
      ['GET', '/alert-settings', undefined],
      ['PUT', '/alert-settings', { language: null, emails: [] }],
      ['GET', '/alert-webhooks', undefined],
      ['POST', '/alert-webhooks', { url: 'https://93.184.215.14/' }],
      ['DELETE', `/alert-webhooks/${randomUUID()}`, undefined],
    ] as const) {
      expect(await call(method, path, body, reader)).toMatchObject({ status: 403 });
    }
    const foreignId = randomUUID();
    await app.addConnector(foreignId);
    const foreign = await app.token(undefined, foreignId);
    for (const path of ['/alerts', '/alert-settings', '/alert-webhooks']) {
      expect(await call('GET', path, undefined, foreign)).toMatchObject({ status: 404 });
    }
  });

  it('hides the operator’s addresses', async () => {
    await app.raise({ kind: 'connector.recovered' });
    await app.database.query(
      `insert into alert_deliveries (connector_id, alert_id, delivery_id, channel, destination, set_by, state)
       select connector_id, alert_id, gen_random_uuid(), 'email', 'ops@secret.example', 'operator', 'delivered' from alerts`,
    );
    const { body } = await call('GET', '/alerts?limit=1');
    expect(body).toMatchObject({ items: [{ deliveries: [{ channel: 'email', destination: 'operator' }] }] });
    expect(JSON.stringify(body)).not.toContain('ops@secret.example');
  });

  it('promises nothing that was not seen here', () => {
    const unseen = api.promised().filter((one) => /alert/.test(one) && / 2\d\d$/.test(one) && !api.seen.has(one));
    expect(unseen).toEqual([]);
  });
});
