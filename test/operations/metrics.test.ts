import { request } from 'node:http';
import { Client } from 'pg';
import { endedRun, startProgram, type Program } from '../support/program';

const TOKEN = 'a-token-for-metrics-1';

interface Answer {
  status: number;
  type: string;
  text: string;
}

function ask(program: Program, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request(`${program.url}/metrics`, { headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', text }),
      );
    })
      .on('error', reject)
      .end();
  });
}

/** The samples of one metric: labels → value. */
function samples(text: string, name: string): Record<string, number> {
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return Object.fromEntries(
    lines.map((line) => {
      const [, labels = '', value] = /^\w+(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      return [labels.replaceAll('"', ''), Number(value)];
    }),
  );
}

describe('GET /metrics', () => {
  let program: Program;
  let connectorId: string;
  const fresh = async (): Promise<string> => {
    program.clock.advance(5_000);
    return (await ask(program)).text;
  };

  beforeAll(async () => {
    program = await startProgram({ users: 30 });
    await program.connect();
    connectorId = (await program.connectorIds())[0] ?? '';
    await endedRun(program, connectorId);
  });
  afterAll(() => program.stop());

  it('is in the text format, with the process, the build and the database', async () => {
    const { status, type, text } = await ask(program);
    expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(samples(text, 'zcc_database_up')).toEqual({ '': 1 });
    expect(samples(text, 'process_resident_memory_bytes')['']).toBeGreaterThan(1e6);
    expect(samples(text, 'zcc_build_info')).toEqual({ [`version=0.1.0,node=${process.version}`]: 1 });
    expect(samples(text, 'zcc_connectors')).toEqual({
      'state=pending': 0,
      'state=active': 1,
      'state=reauthorization_required': 0,
      'state=disconnected': 0,
    });
    expect(samples(text, 'zcc_grants')).toEqual({
      'provider=zoom,kind=admin,state=active,at_risk=false': 1,
      'provider=cloudlink,kind=admin,state=active,at_risk=false': 1,
    });
    const { rows } = await program.database.query<{ n: number }>('select count(*)::int as n from integrated_users');
    const users = Object.values(samples(text, 'zcc_users'));
    expect(users).toHaveLength(5);
    expect(users.reduce((sum, n) => sum + n, 0)).toBe(rows[0]?.n);
    expect(samples(text, 'zcc_sync_newest_runs')).toMatchObject({ 'state=succeeded': 1, 'state=running': 0 });
    expect(samples(text, 'zcc_sync_oldest_age_seconds')['state=active']).toBeLessThan(120);
    expect(samples(text, 'zcc_connectors_never_synced')).toEqual({ '': 0 });
    expect(samples(text, 'zcc_connector_reauthorization_required_since_seconds')).toEqual({});
    // Every line of the format: a comment, or a name with labels and one number.
    for (const line of text.trimEnd().split('\n'))
      expect(line).toMatch(
        /^(# (HELP|TYPE) .+|[a-z_][a-z_0-9]*(\{([a-z_]+="[^"]*",?)*\})? (-?[\d.]+(e[+-]?\d+)?|Nan|[+-]Inf)|)$/i,
      );
  });

  it('counts requests by the pattern of their route and by status, never by path', async () => {
    const token = await program.token(connectorId, ['status:read']);
    for (const user of ['nobody@example.com', 'nobody-else@example.com'])
      await program.get(`/v1/connectors/${connectorId}/users/${user}/status`, token);
    await program.get('/nowhere/at/all');
    const text = await fresh();
    const counts = samples(text, 'zcc_http_request_duration_seconds_count');
    expect(counts['method=GET,route=/v1/connectors/:connectorId/users/:user/status,status=404']).toBe(2);
    expect(counts['method=GET,route=none,status=404']).toBe(1);
    expect(text).not.toContain('nowhere');
  });

  it('names a connector only when it is in trouble, and forgets it when it is not any more', async () => {
    await program.database.query(
      `update grants set state = 'dead', dead_reason = 'invalid_grant', dead_at = now() - interval '1 hour', access_token = null, refresh_token = null where provider = 'zoom'`,
    );
    await program.database.query(`update connectors set state = 'reauthorization_required'`);
    await program.database.query(
      `update grants set at_risk_reason = 'user_left', at_risk_since = now() where provider = 'cloudlink'`,
    );
    const text = await fresh();
    const since = samples(text, 'zcc_connector_reauthorization_required_since_seconds');
    expect(Object.keys(since)).toEqual([`connector_id=${connectorId},provider=zoom,reason=invalid_grant`]);
    expect(Object.values(since)[0]).toBeGreaterThanOrEqual(3600);
    expect(Object.values(since)[0]).toBeLessThan(3700);
    expect(samples(text, 'zcc_grants')).toEqual({
      'provider=zoom,kind=admin,state=dead,at_risk=false': 1,
      'provider=cloudlink,kind=admin,state=active,at_risk=true': 1,
    });
    await program.database.query(`update connectors set state = 'active'`);
    expect(await fresh()).not.toContain(connectorId);
  });

  it('shows what waits and what was given up', async () => {
    const { rows } = await program.database.query<{ id: string }>(
      `select id from graphile_worker.add_job('nobody-knows-this', '{}'::json, max_attempts := 1)`,
    );
    await program.database.query(`select graphile_worker.permanently_fail_jobs(array[$1::bigint], 'test')`, [
      rows[0]?.id,
    ]);
    await program.database.query(`select graphile_worker.add_job('nobody-knows-that', '{}'::json)`);
    await program.database.query(
      `insert into webhook_deliveries (provider, dedupe_key, event, processed_at) values ('zoom', '1', 'e', null), ('zoom', '2', 'e', now())`,
    );
    await program.database.query(
      `with a as (insert into alerts (connector_id, alert_id, kind) values ($1, gen_random_uuid(), 'grant.dead') returning *)
       insert into alert_deliveries (connector_id, alert_id, delivery_id, channel, destination, state)
       select connector_id, alert_id, gen_random_uuid(), 'email', 'secret.person@example.com', 'dead' from a`,
      [connectorId],
    );
    const text = await fresh();
    expect(samples(text, 'zcc_jobs')['state=dead']).toBe(1);
    expect(samples(text, 'zcc_jobs')['state=waiting']).toBeGreaterThanOrEqual(1);
    expect(samples(text, 'zcc_job_oldest_due_seconds')['']).toBeGreaterThan(0);
    expect(samples(text, 'zcc_webhook_deliveries_unprocessed')).toEqual({
      'provider=zoom': 1,
      'provider=cloudlink': 0,
    });
    expect(samples(text, 'zcc_alert_deliveries')).toEqual({ 'state=pending': 0, 'state=dead': 1 });
  });

  it('shows which accounts are not called now, and why', async () => {
    await program.database.query(
      `insert into provider_breakers (provider, account, state, failures, openings, until) values
         ('zoom', 'secret-account', 'open', 0, 1, now()), ('cloudlink', 'b', 'half_open', 0, 1, now()), ('zoom', 'c', 'closed', 1, 0, null)`,
    );
    await program.database.query(
      `insert into rate_slots (provider, account, rate_class, next_slot, granted, day, used, closed_until) values
         ('cloudlink', 'd', 'api', now(), 0, now(), 0, now() + interval '1 h'), ('cloudlink', 'e', 'api', now(), 0, now(), 0, now())`,
    );
    expect(samples(await fresh(), 'zcc_provider_accounts_held_back')).toEqual({
      'provider=zoom,reason=breaker_open': 1,
      'provider=zoom,reason=breaker_half_open': 0,
      'provider=zoom,reason=rate_limited': 0,
      'provider=cloudlink,reason=breaker_open': 0,
      'provider=cloudlink,reason=breaker_half_open': 1,
      'provider=cloudlink,reason=rate_limited': 1,
    });
  });

  it('holds no account, email or secret', async () => {
    const text = await fresh();
    const { rows } = await program.database.query<{ words: string[] }>(
      `select array_agg(word) as words from (select zoom_account_id as word from connectors union select cloudlink_account_id from connectors
         union select subject_email from grants union select subject_id from grants union select email from integrated_users) w`,
    );
    expect(rows[0]?.words.length).toBeGreaterThan(20);
    for (const word of rows[0]?.words ?? []) expect([word, text.includes(word)]).toEqual([word, false]);
    expect(text).not.toContain('@');
  });

  it('asks the database once for scrapers that come together, and again after five seconds', async () => {
    const connectors = async (text: Promise<string>): Promise<unknown> =>
      samples(await text, 'zcc_connectors')['state=pending'];
    expect(await connectors(fresh())).toBe(0);
    await program.database.query('insert into connectors (connector_id) values (gen_random_uuid())');
    const now = ask(program).then(({ text }) => text);
    expect(await connectors(now)).toBe(0);
    expect(await connectors(fresh())).toBe(1);
  });

  it('is for direct callers on this machine, and does not exist for others', async () => {
    expect(await ask(program)).toMatchObject({ status: 200 });
    const elsewhere = await fetch(`${program.url}/nowhere`);
    const expected = { ...((await elsewhere.json()) as object), requestId: expect.any(String) };
    for (const headers of [
      { 'x-forwarded-for': '127.0.0.1' },
      { 'X-Forwarded-For': '127.0.0.1, 127.0.0.1' },
      { forwarded: 'for=127.0.0.1' },
      { 'x-real-ip': '127.0.0.1' },
      { host: 'connector.example.com' },
    ] as Record<string, string>[]) {
      const { status, text } = await ask(program, headers);
      expect([headers, status, JSON.parse(text)]).toEqual([headers, 404, expected]);
    }
  });

  it('answers without the database, and says that it is away', async () => {
    const name = new URL(program.databaseUrl).pathname.slice(1);
    const admin = new Client({ connectionString: process.env['TEST_POSTGRES_URL'] });
    await admin.connect();
    try {
      await admin.query(`alter database ${name} allow_connections false`);
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
      program.clock.advance(5_000);
      const { status, text } = await ask(program);
      expect(status).toBe(200);
      expect(samples(text, 'zcc_database_up')).toEqual({ '': 0 });
      for (const gone of ['zcc_connectors', 'zcc_users', 'zcc_connectors_never_synced', 'zcc_job_oldest_due_seconds'])
        expect([gone, samples(text, gone)]).toEqual([gone, {}]);
      expect(samples(text, 'process_resident_memory_bytes')['']).toBeGreaterThan(1e6);
    } finally {
      await admin.query(`alter database ${name} allow_connections true`);
      await admin.end();
    }
    expect(samples((await ask(program)).text, 'zcc_database_up')).toEqual({ '': 1 });
  });
});

describe('GET /metrics with METRICS_TOKEN', () => {
  let program: Program;
  beforeAll(async () => {
    program = await startProgram({ users: 5, env: { METRICS_TOKEN: TOKEN } });
  });
  afterAll(() => program.stop());

  it('is for whoever has the token, through a proxy, too', async () => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'x-forwarded-for': '192.0.2.1', host: 'connector.example.com' };
    expect(await ask(program, headers)).toMatchObject({ status: 200, text: expect.stringContaining('zcc_build_info') });
  });

  it.each([
    {},
    { authorization: '' },
    { authorization: 'Bearer' },
    { authorization: `Bearer ${TOKEN}x` },
    { authorization: `Bearer ${TOKEN.slice(0, -1)}` },
    { authorization: `Bearer ${TOKEN} ${TOKEN}` },
    { authorization: `Basic ${TOKEN}` },
    { authorization: TOKEN },
  ] as Record<string, string>[])('refuses %j, on this machine, too', async (headers) => {
    const { status, type, text } = await ask(program, headers);
    expect([status, type]).toEqual([401, 'application/problem+json; charset=utf-8']);
    expect(JSON.parse(text)).toMatchObject({ code: 'unauthenticated', status: 401 });
    expect(text).not.toContain(TOKEN);
  });
});
