import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { OpenApiCheck } from '../support/open-api-check';
import { endedRun, startProgram, type Program } from '../support/program';

interface Check {
  code: string;
  state: string;
  title: string;
  evidence: string;
  nextStep: string | null;
  usersAffected: number | null;
  examples: string[];
  isAssumption: boolean;
}
interface Preflight {
  checkedAt: string;
  counts: Record<string, number>;
  items: Check[];
}

const CACHE_MS = 30_000;
/** With this many, every user of the sandbox is plain: none is missing, pending or broken. */
const PLAIN_USERS = 5;

describe('the look before the start', () => {
  let program: Program;
  let api: OpenApiCheck;
  let connectorId: string;
  let manager: string;

  async function ask(
    options: { token?: string; language?: string; status?: number; at?: string } = {},
  ): Promise<Preflight> {
    const path = `/v1/connectors/${options.at ?? connectorId}/preflight`;
    const response = await fetch(`${program.url}${path}`, {
      headers: { authorization: `Bearer ${options.token ?? manager}`, 'accept-language': options.language ?? 'en' },
    });
    const text = await response.text();
    expect([response.status, text]).toEqual([options.status ?? 200, expect.any(String)]);
    api.check('GET', path, response.status, response.headers.get('content-type'), text);
    return JSON.parse(text) as Preflight;
  }
  /** As it is now, whatever was seen before. The providers' clocks go with ours, which is moved past the cache. */
  async function look(skews: Record<string, number> = {}): Promise<Map<string, Check>> {
    program.clock.advance(CACHE_MS + 1);
    const moved = program.clock.now().getTime() - Date.now();
    const { zoomDateSkewMs = 0, cloudlinkDateSkewMs = 0 } = skews;
    program.sandbox.control.configure({
      zoomDateSkewMs: moved + zoomDateSkewMs,
      cloudlinkDateSkewMs: moved + cloudlinkDateSkewMs,
    });
    return new Map((await ask()).items.map((check) => [check.code, check]));
  }
  const bad = (checks: Map<string, Check>): string[] =>
    [...checks.values()].filter(({ state }) => state !== 'ok').map(({ code, state }) => `${code} ${state}`);
  /** What a sync again makes of what was changed at the providers. */
  async function sync(): Promise<void> {
    const token = await program.token(connectorId);
    const { body } = await program.get(`/v1/connectors/${connectorId}/sync-runs?limit=1`, token);
    const [last] = body['items'] as { id: string }[];
    await program.database.query('update connectors set next_full_sync_at = null');
    await fetch(`${program.url}/v1/connectors/${connectorId}/sync`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await endedRun(program, connectorId, last?.id)).toMatchObject({ state: 'succeeded' });
  }
  async function report(user: string, device: string, body: object): Promise<void> {
    const path = `/v1/connectors/${connectorId}/users/${encodeURIComponent(user)}/registrations/${device}`;
    const response = await fetch(`${program.url}${path}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${await program.token(connectorId)}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect([response.status, await response.text()]).toEqual([204, '']);
  }
  const emails = async (): Promise<string[]> =>
    (
      await program.database.query<{ email: string }>(
        'select email from integrated_users where connector_id = $1 order by email',
        [connectorId],
      )
    ).rows.map(({ email }) => email);

  /** The five admins of the sandbox's Zoom are no telephone users: that is all there is to see. */
  const ADMINS = 5;
  const ALWAYS = [
    'users_at_cloudlink warning',
    'targets_reachable unknown',
    'mobile_calling manual',
    'automatic_phone_assignment manual',
  ];

  /** Who has Zoom Phone is listed in the background, whenever its turn comes: not while requests are counted. */
  const postponeListing = (): Promise<unknown> =>
    program.database.query(
      `insert into zoom_phone_listings (connector_id, next_at) select connector_id, 'infinity' from connectors
       on conflict (connector_id) do update set next_at = 'infinity'`,
    );

  const postponeProbes = (): Promise<unknown> =>
    program.database.query(
      `insert into target_rounds (connector_id, next_round_at) select connector_id, 'infinity' from connectors
       on conflict (connector_id) do update set next_round_at = 'infinity'`,
    );

  beforeEach(async () => {
    program = await startProgram({ users: PLAIN_USERS });
    api = await OpenApiCheck.of(program.url);
    await program.connect();
    connectorId = (await program.connectorIds())[0] ?? '';
    // Probes are for the test that asks for them: a round in the middle of another one would change its list.
    await postponeProbes();
    await postponeListing();
    await endedRun(program, connectorId);
    manager = await program.token(connectorId, ['connector:manage']);
  });
  afterEach(() => program.stop());

  it('finds everything set up, says so in two languages, and is recorded', async () => {
    const english = await ask();
    const checks = new Map(english.items.map((check) => [check.code, check]));
    expect(bad(checks)).toEqual(ALWAYS);
    expect(english.counts).toEqual({ ok: 16, warning: 1, failed: 0, manual: 2, unknown: 1 });
    expect(checks.get('users_at_cloudlink')).toMatchObject({ usersAffected: ADMINS });
    expect(checks.get('users_at_cloudlink')?.examples).toContain('olga.owner@nordwind.example');
    expect(checks.get('targets_reachable')?.evidence).toContain('No probe has run');
    expect(checks.get('zoom_role')).toMatchObject({ nextStep: null, isAssumption: false });
    expect(checks.get('zoom_licence')).toMatchObject({ isAssumption: true });

    const german = await ask({ language: 'de-AT,de;q=0.9' });
    expect(german.items.map(({ code, state }) => [code, state])).toEqual(
      english.items.map(({ code, state }) => [code, state]),
    );
    expect(german.items[0]).toMatchObject({ code: 'zoom_authorised', title: 'Zoom ist autorisiert' });

    const { rows } = await program.database.query(
      `select actor_kind, subject, details, address from audit_events where action = 'preflight.read'`,
    );
    // The second answer was the first look: the providers were not asked again.
    expect(rows).toEqual([
      {
        actor_kind: 'client',
        subject: connectorId,
        address: '127.0.0.1',
        details: { ok: 16, warning: 1, failed: 0, manual: 2, unknown: 1 },
      },
    ]);
  });

  it('needs connector:manage, and knows no other connector', async () => {
    await ask({ token: await program.token(connectorId, ['status:read', 'audit:read']), status: 403 });
    await ask({ at: 'bad0c0de-0000-4000-8000-0000000000aa', status: 404 });
    await program.database.query(`update connectors set state = 'disconnected'`);
    await ask({ status: 409 });
  });

  it('asks the providers once, however many ask at the same time or soon after', async () => {
    program.sandbox.control.clearRequests();
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask()));
    for (let time = 0; time < 20; time += 1) answers.push(await ask());
    expect(new Set(answers.map(({ checkedAt }) => checkedAt)).size).toBe(1);
    expect(program.sandbox.control.requests().counts).toEqual({
      'zoom.user': 1,
      'zoom.permissions': 1,
      'zoom.phone.settings': 1,
      'zoom.sip_phones': 1,
      'zoom.users': 1,
      'cloudlink.whoami': 1,
      'cloudlink.psi': 1,
    });
    program.clock.advance(CACHE_MS + 1);
    expect((await ask()).checkedAt).not.toBe(answers[0]?.checkedAt);
    expect(program.sandbox.control.requests().counts['zoom.users']).toBe(2);
  });

  it('sees what is switched off or refused at the providers, each on its own', async () => {
    const { control } = program.sandbox;
    control.configure({ zoomPhone: 'not-enabled' });
    expect(bad(await look())).toEqual(['zoom_phone_set_up failed', ...ALWAYS]);
    control.configure({ zoomPhone: 'enabled', zoomPsi: 'off' });
    expect(bad(await look())).toEqual(['zoom_psi_enabled failed', ...ALWAYS]);
    control.configure({ zoomPsi: 'on' });
    control.setFault({ kind: 'cloudlink.psi', fault: '403' });
    expect(bad(await look())).toEqual(['cloudlink_integration failed', ...ALWAYS]);
    control.clearFaults();
    control.setCloudlinkRole('one.account-admin', 'USER');
    // CloudLink also notifies of it, which marks the grant sooner or later.
    const others = (checks: Map<string, Check>): string[] =>
      bad(checks).filter((line) => line !== 'cloudlink_authorised warning');
    // It is the role that has to be mended, so what it shuts is not held against the account.
    expect(others(await look())).toEqual(['cloudlink_role failed', 'cloudlink_integration unknown', ...ALWAYS]);
    control.setCloudlinkRole('one.account-admin', 'ACCOUNT_ADMIN');
    expect(others(await look())).toEqual(ALWAYS);
  });

  it('sees a role without the privileges, and neither marks the grant nor changes it for another', async () => {
    await program.connect({ zoomPerson: 'one.second-admin' });
    const grants = async (): Promise<unknown> =>
      (
        await program.database.query(
          `select grant_id, state, at_risk_reason from grants where provider = 'zoom' order by created_at`,
        )
      ).rows;
    const before = await grants();
    program.sandbox.control.setZoomRole('one.owner', 'admin-without-psi');
    const checks = await look();
    expect(bad(checks)).toEqual(['zoom_role failed', 'zoom_psi_enabled manual', ...ALWAYS]);
    expect(checks.get('zoom_role')?.evidence).toContain('SipPhone:Read, SipPhone:Edit');
    program.sandbox.control.setZoomRole('one.owner', 'member');
    expect((await look()).get('zoom_role')).toMatchObject({ state: 'failed' });
    // The role event of Zoom is on its own way (webhooks are not set up here); the look has changed nothing.
    expect(await grants()).toEqual(before);
  });

  it('sees scopes that were not granted', async () => {
    program.sandbox.control.configure({
      zoomScope: 'user:read:list_users:admin user:read:user:admin user:read:list_permissions:admin',
    });
    await program.connect();
    const checks = await look();
    expect(bad(checks)).toEqual([
      'zoom_scopes warning',
      'zoom_psi_enabled manual',
      'zoom_phone_set_up unknown',
      ...ALWAYS,
    ]);
    expect(checks.get('zoom_scopes')?.evidence).toContain('phone:read:settings:admin');
    await program.database.query(
      `update grants set scope = 'user:read:list_users:admin user:read:user:admin' where provider = 'zoom'`,
    );
    expect((await look()).get('zoom_scopes')).toMatchObject({ state: 'failed' });
    program.sandbox.control.configure({ cloudlinkScope: 'write' });
    await program.connect({ order: 'cloudlink-first' });
    expect((await look()).get('cloudlink_scopes')).toMatchObject({ state: 'warning' });
  });

  it('sees licences that are missing, on both sides', async () => {
    const { control } = program.sandbox;
    const [first = '', , third = ''] = await byPosition();
    control.setLicences(1, 0, { zoomPsi: false, teleworker: 0 });
    control.setLicences(1, 2, { teleworker: 1 });
    control.setZoomType(1, 2, 1);
    await sync();
    const checks = await look();
    expect(bad(checks)).toEqual([
      'zoom_licence warning',
      'licence_zoom_psi warning',
      'licence_teleworker warning',
      ...ALWAYS,
    ]);
    expect(checks.get('licence_zoom_psi')).toMatchObject({ usersAffected: 1, examples: [first] });
    expect(checks.get('licence_teleworker')).toMatchObject({ usersAffected: 2, examples: [first, third] });
    expect(checks.get('zoom_licence')).toMatchObject({ usersAffected: 1, examples: [third] });
    for (let position = 0; position < PLAIN_USERS; position += 1) {
      control.setLicences(1, position, { zoomPsi: false, teleworker: 0 });
      control.setZoomType(1, position, 1);
    }
    await sync();
    expect(bad(await look()).slice(0, 3)).toEqual([
      'zoom_licence failed',
      'licence_zoom_psi failed',
      'licence_teleworker failed',
    ]);
  });

  /** The sandbox's users by position: their emails end in it. */
  async function byPosition(): Promise<string[]> {
    const all = await emails();
    return [...all].sort((a, b) => Number(/\.(\d+)@/.exec(a)?.[1]) - Number(/\.(\d+)@/.exec(b)?.[1]));
  }

  it('sees who is missing on which side', async () => {
    const { control } = program.sandbox;
    const all = await byPosition();
    control.setZoomPresence(1, 0, 'absent');
    control.setZoomPresence(1, 1, 'pending');
    control.setAtCloudlink(1, 2, false);
    await sync();
    await sync();
    const checks = await look();
    expect(checks.get('users_at_zoom')).toMatchObject({
      state: 'warning',
      usersAffected: 2,
      examples: [all[0], all[1]],
    });
    expect(checks.get('users_at_cloudlink')).toMatchObject({ state: 'warning', usersAffected: ADMINS + 1 });
    expect(checks.get('users_at_cloudlink')?.evidence).toContain('6 of all 8 active Zoom users');
    control.setZoomPresence(1, 0, 'active');
    control.setZoomPresence(1, 1, 'active');
    await sync();
    expect((await look()).get('users_at_zoom')).toMatchObject({ state: 'ok' });
  });

  it('asks of chosen users only, where an admin chooses', async () => {
    await program.database.query(`update connectors set membership = 'chosen'`);
    await program.database.query(`update integrated_users set membership = 'chosen'`);
    expect((await look()).get('users_at_cloudlink')).toMatchObject({ state: 'ok' });
    await program.database.query(
      `insert into integrated_users (connector_id, user_id, email, membership) values ($1, gen_random_uuid(), 'new@nordwind.example', 'chosen')`,
      [connectorId],
    );
    expect((await look()).get('users_at_cloudlink')).toMatchObject({
      state: 'warning',
      usersAffected: 1,
      examples: ['new@nordwind.example'],
    });
  });

  it('compares the apps that devices report, and before that those that Zoom has seen', async () => {
    program.sandbox.control.configure({ zoomClientVersion: '6.3.5.999(mac)' });
    expect((await look()).get('app_version')).toMatchObject({ state: 'failed', usersAffected: PLAIN_USERS });
    const [one = '', two = ''] = await emails();
    await report(one, 'd1', { platform: 'desktop', outcome: 'registered', expiresIn: 600, appVersion: '6.10.1' });
    expect((await look()).get('app_version')).toMatchObject({ state: 'ok' });
    const failure = { outcome: 'failed', sip: { code: 503, reason: '', source: 'client' } };
    await report(two, 'm1', { platform: 'mobile', ...failure, appVersion: '6.3.4' });
    const checks = await look();
    expect(checks.get('app_version')).toMatchObject({ state: 'warning', usersAffected: 1, examples: [two] });
    expect(checks.get('app_version')?.evidence).toContain('6.3.4');
    // The mobile app could not register, so nothing tells of the switch.
    expect(checks.get('mobile_calling')).toMatchObject({ state: 'manual' });
    await report(two, 'm1', { platform: 'mobile', outcome: 'registered', expiresIn: 600, appVersion: '6.3.6' });
    const after = await look();
    expect(after.get('app_version')).toMatchObject({ state: 'ok' });
    expect(after.get('mobile_calling')).toMatchObject({ state: 'ok' });
  });

  it.each([
    ['zoomDateSkewMs', 'clock_zoom', 'clock_cloudlink'],
    ['cloudlinkDateSkewMs', 'clock_cloudlink', 'clock_zoom'],
  ])('measures the clocks: %s', async (setting, wrong, right) => {
    for (const [skew, state, word] of [
      [120_000, 'warning', 'ahead of'],
      [-120_000, 'warning', 'behind'],
      [-900_000, 'failed', 'behind'],
    ] as const) {
      const checks = await look({ [setting]: skew });
      expect([skew, checks.get(wrong)?.state, checks.get(right)?.state]).toEqual([skew, state, 'ok']);
      expect(checks.get(wrong)?.evidence).toContain(`${word} ours by at least`);
    }
  });

  it.each(['zoom', 'cloudlink'] as const)('tells what it can while %s is away', async (side) => {
    const kinds = {
      zoom: ['zoom.user', 'zoom.users', 'zoom.permissions', 'zoom.phone.settings', 'zoom.sip_phones'],
      cloudlink: ['cloudlink.whoami', 'cloudlink.psi'],
    };
    for (const kind of kinds[side]) program.sandbox.control.setFault({ kind, fault: 'reset' });
    const began = Date.now();
    const checks = await look();
    expect(Date.now() - began).toBeLessThan(15_000);
    const of = (state: string): string[] =>
      [...checks.values()].filter((check) => check.state === state).map(({ code }) => code);
    expect(of('failed')).toEqual([]);
    expect(of('unknown')).toEqual(
      side === 'zoom'
        ? [
            'zoom_authorised',
            'zoom_role',
            'zoom_psi_enabled',
            'zoom_phone_set_up',
            'zoom_licence',
            'users_at_cloudlink',
            'app_version',
            'targets_reachable',
            'clock_zoom',
          ]
        : ['cloudlink_authorised', 'cloudlink_role', 'cloudlink_integration', 'targets_reachable', 'clock_cloudlink'],
    );
    for (const code of of('unknown')) expect(checks.get(code)?.nextStep).not.toBeNull();
  });

  it('asks the probes whether the targets answer', async () => {
    await program.database.query(`update target_rounds set next_round_at = 'infinity' where connector_id = $1`, [
      connectorId,
    ]);
    await program.get(`/v1/connectors/${connectorId}/targets`, await program.token(connectorId));
    const seen = async (states: string): Promise<unknown> => {
      await program.database.query(
        `update registration_targets set state = case ${states} end, checked_at = now() where connector_id = $1`,
        [connectorId],
      );
      program.clock.advance(31_000);
      return (await look()).get('targets_reachable')?.state;
    };
    expect(await seen(`when true then 'ok'`)).toBe('ok');
    expect(await seen(`when role = 'pbx' then 'down' else 'ok'`)).toBe('warning');
    expect(await seen(`when true then 'down'`)).toBe('failed');
  });

  it('says who must authorise while a side has no grant', async () => {
    await program.database.query(
      `update grants set state = 'dead', dead_reason = 'invalid_grant', dead_at = now(), access_token = null, refresh_token = null where provider = 'zoom'`,
    );
    const checks = await look();
    expect(checks.get('zoom_authorised')).toMatchObject({ state: 'failed' });
    expect(checks.get('zoom_role')).toMatchObject({ state: 'unknown' });
    expect(checks.get('cloudlink_authorised')).toMatchObject({ state: 'ok' });
  });

  it('is a command: a list for people or JSON, and exit code 1 when something failed', async () => {
    const good = await cli('doctor', connectorId);
    expect([good.code, good.stderr]).toEqual([0, '']);
    expect(good.stdout).toMatch(/^ok +Zoom is authorised\n +Zoom accepts the authorisation of /m);
    expect(good.stdout).toMatch(
      /^by hand +Zoom Phone is not assigned automatically\n.*\n +→ In Zoom: Account Management/m,
    );
    program.sandbox.control.configure({ zoomPhone: 'not-enabled' });
    const json = await cli('doctor', connectorId, '--json', '--lang', 'de');
    expect(json.code).toBe(1);
    const document = JSON.parse(json.stdout) as Preflight;
    expect(document.items.find(({ code }) => code === 'zoom_phone_set_up')).toMatchObject({
      state: 'failed',
      title: 'Zoom Phone ist eingerichtet',
    });
    const german = await cli('doctor', connectorId, '--lang', 'de');
    expect(german.code).toBe(1);
    expect(german.stdout).toMatch(/^FEHLER +Zoom Phone ist eingerichtet$/m);
    expect((await cli('doctor', 'nonsense')).code).toBe(2);
    expect((await cli('doctor', connectorId, '--lang', 'fr')).code).toBe(2);
    expect((await cli('doctor', 'bad0c0de-0000-4000-8000-0000000000aa')).code).toBe(1);
    const { rows } = await program.database.query<{ actor: string }>(
      `select distinct actor_id as actor from audit_events where action = 'preflight.read'`,
    );
    expect(rows).toEqual([{ actor: expect.stringMatching(/^cli:/) }]);
  });

  function cli(...argv: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
    const { config, sandbox, databaseUrl } = program;
    const child = spawn(process.execPath, [join(__dirname, '..', '..', 'dist', 'src', 'cli.js'), ...argv], {
      env: {
        PATH: process.env['PATH'] ?? '',
        PUBLIC_URL: config.publicUrl,
        DATABASE_URL: databaseUrl,
        ENCRYPTION_KEYS: config.encryptionKeys.map(({ id, key }) => `${id}:${key.toString('base64')}`).join(','),
        ZOOM_CLIENT_ID: sandbox.credentials.zoomClientId,
        ZOOM_CLIENT_SECRET: sandbox.credentials.zoomClientSecret,
        ZOOM_OAUTH_URL: sandbox.urls.zoomOAuth,
        ZOOM_API_URL: sandbox.urls.zoomApi,
        CLOUDLINK_CLIENT_ID: sandbox.credentials.cloudlinkClientId,
        CLOUDLINK_PORTAL_URL: sandbox.urls.cloudlinkPortal,
        CLOUDLINK_AUTH_URL: sandbox.urls.cloudlinkAuth,
        CLOUDLINK_ADMIN_URL: sandbox.urls.cloudlinkAdmin,
        CLOUDLINK_NOTIFICATIONS_URL: sandbox.urls.cloudlinkNotifications,
      },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
  }
});
