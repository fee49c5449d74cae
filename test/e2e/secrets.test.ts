import { spawnSync } from 'node:child_process';
import { credentialFor } from '../../sandbox/directory/credential-for';
import { endedRun, startProgram, type Program } from '../support/program';

/** A full run, then a search for every secret in clear: in the log at its finest level, and in every cell of the database. */
describe('secrets', () => {
  let program: Program;
  const USERS = 250;

  beforeAll(async () => {
    program = await startProgram({ users: USERS });
  });
  afterAll(() => program.stop());

  /** Every row of every table as text; bytes as hex and as Latin-1, so that a secret stored as bytes shows too. */
  async function dump(): Promise<string> {
    const { rows: tables } = await program.database.query<{ name: string }>(
      `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
    );
    const parts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await program.database.query(`select * from ${name}`);
      parts.push(
        JSON.stringify(rows, (_key, value: unknown) => {
          const bytes = value as { type?: string; data?: number[] } | null;
          return bytes?.type === 'Buffer' && Array.isArray(bytes.data)
            ? `${Buffer.from(bytes.data).toString('hex')} ${Buffer.from(bytes.data).toString('latin1')}`
            : value;
        }),
      );
    }
    return parts.join('\n');
  }

  /** A device that can be woken, a push to it, and one that Zoom refuses. @returns all that is secret of it */
  async function pushed(connectorId: string, bearer: string, userId: string): Promise<string[]> {
    const send = async (method: string, path: string, token: string, value?: object): Promise<Response> =>
      fetch(`${program.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(value === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(value === undefined ? {} : { body: JSON.stringify(value) }),
      });
    const tokens: string[] = [];
    while (tokens.length < 2) {
      const made = await send('PUT', `/v1/connectors/${connectorId}/push-token`, bearer);
      tokens.push(((await made.json()) as { token: string }).token);
    }
    const [prid, purr, param, caller] = [
      'prid-0815-secret-of-device',
      'purr-4711-secret',
      'TEAM12345.secret.voip',
      'call-secret-id@sbc',
    ];
    const report = {
      platform: 'mobile',
      outcome: 'registered',
      expiresIn: 60,
      push: { provider: 'apns', param, prid },
    };
    const path = `/v1/connectors/${connectorId}/users/${userId}/registrations/m1`;
    expect((await send('PUT', path, bearer, report)).status).toBe(204);
    const push = { 'pn-provider': 'apns', 'pn-param': param, 'pn-prid': prid, 'pn-purr': purr, callId: caller };
    program.sandbox.control.setFault({ kind: 'zoom.push', fault: '500', times: 1 });
    const token = tokens[1] ?? '';
    const statuses = [];
    for (const value of [push, push, { ...push, 'pn-prid': 'prid-of-nobody-secret' }, { ...push, 'pn-prid': '' }])
      statuses.push((await send('POST', '/push', token, value)).status);
    expect(statuses).toEqual([503, 202, 404, 400]);
    expect(JSON.stringify(program.sandbox.control.pushes())).toContain(prid);
    return [
      ...tokens,
      ...tokens.map((made) => made.split('.')[2] ?? ''),
      prid,
      'prid-of-nobody-secret',
      purr,
      param,
      caller,
    ];
  }

  it('are nowhere in clear: no HA1, no password, no token, no client secret', async () => {
    await program.connect();
    const [connectorId = ''] = await program.connectorIds();
    const run = await endedRun(program, connectorId);
    expect(run).toMatchObject({ state: 'succeeded' });
    const bearer = await program.token(connectorId);
    // Use what exists: refreshes, a hand-out, errors, a page with a forged state.
    await program.database.query(`update grants set expires_at = now()`);
    program.sandbox.control.setFault({ kind: 'cloudlink.psi', fault: '401', times: 1 });
    program.sandbox.control.setFault({ kind: 'zoom.users', fault: '500', times: 1 });
    const answered = await fetch(`${program.url}/v1/connectors/${connectorId}/sync`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}` },
    });
    expect(answered.status).toBe(202);
    await endedRun(program, connectorId, run['id'] as string);
    const { body } = await program.get(`/v1/connectors/${connectorId}/users?status=inactive&limit=3`, bearer);
    const lists = JSON.stringify(body);
    let handedOut = '';
    for (const user of body['items'] as { userId: string }[]) {
      handedOut += JSON.stringify(
        (await program.get(`/v1/connectors/${connectorId}/users/${user.userId}/registration?platform=mobile`, bearer))
          .body,
      );
    }
    expect(handedOut).toContain('ha1');
    await program.connect({ zoomPerson: 'one.second-admin' });
    const prids = await pushed(connectorId, bearer, (body['items'] as { userId: string }[])[0]?.userId ?? '');

    const secrets = new Set<string>();
    for (let index = 0; index < USERS; index += 1) {
      const credential = credentialFor(index);
      for (const value of [credential.password, ...Object.values(credential.ha1)])
        if (typeof value === 'string' && value.length >= 8) secrets.add(value);
    }
    const hashesHandedOut = [...secrets].filter((secret) => handedOut.includes(secret));
    // The search must be able to find: these hashes really went over the wire.
    expect(hashesHandedOut.length).toBeGreaterThan(0);
    secrets.add(program.config.zoom.clientSecret);
    secrets.add(bearer);
    for (const secret of prids) secrets.add(secret);
    const { zoom } = program.config;
    secrets.add(Buffer.from(`${zoom.clientId}:${zoom.clientSecret}`).toString('base64'));
    for (const { key } of program.config.encryptionKeys) secrets.add(key.toString('base64')).add(key.toString('hex'));
    expect(secrets.size).toBeGreaterThan(USERS);

    const log = program.log();
    const database = await dump();
    expect(log).toContain('sync run ended');
    expect(database).toContain('nordwind.example');
    for (const [name, text] of Object.entries({ log, database, lists })) {
      const found = [...secrets].filter(
        (secret) => text.includes(secret) || text.includes(Buffer.from(secret).toString('base64')),
      );
      expect([name, found.length]).toEqual([name, 0]);
    }
    // Access and refresh tokens of the emulators are JWTs; ours too. None may be written anywhere.
    expect(/eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]+/.test(log)).toBe(false);
    expect(/eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]+/.test(database)).toBe(false);
    expect(/[?&](code|state|code_verifier)=[\w-]{6,}/.test(log)).toBe(false);
  });

  it('a wrong variable is named at start, its value is not', () => {
    const child = spawnSync(process.execPath, ['dist/src/main.js'], {
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        ZOOM_CLIENT_ID: 'x',
        ZOOM_CLIENT_SECRET_FILE: '/does/not/exist',
        ENCRYPTION_KEYS: 'c2VjcmV0LXZhbHVl',
        PUBLIC_URL: 'http://secret-value.example',
        PORT: 'secret-value',
      },
    });
    expect(child.status).toBe(1);
    for (const name of ['ZOOM_CLIENT_SECRET_FILE', 'ENCRYPTION_KEYS', 'PUBLIC_URL', 'PORT', 'CLOUDLINK_CLIENT_ID'])
      expect(child.stderr).toContain(name);
    expect(child.stdout + child.stderr).not.toMatch(/secret-value|c2VjcmV0/);
    expect(child.stderr).not.toMatch(/\bat .*:\d+:\d+/);
  });
});
