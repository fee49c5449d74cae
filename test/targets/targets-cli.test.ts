import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes, randomUUID } from 'node:crypto';
import { Database } from '../../src/platform/database/database';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const CLI = join(__dirname, '..', '..', 'dist', 'src', 'cli.js');
const KEYS = randomBytes(32).toString('base64');

describe('probe, connectors set-ca and connectors registrar-sweep', () => {
  const connectorId = randomUUID();
  let test: TestDatabase;
  let database: Database;
  let folder: string;
  let sbc: Server;
  beforeAll(async () => {
    test = await createTestDatabase();
    database = new Database(test.url);
    folder = mkdtempSync(join(tmpdir(), 'connector-cli-'));
    // As much of a SIP server as OPTIONS needs.
    sbc = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk: Buffer) => {
        const headers = chunk.toString().split('\r\n');
        const echoed = headers.filter((line) => /^(Via|From|To|Call-ID|CSeq):/i.test(line));
        socket.write(['SIP/2.0 200 Fine', ...echoed, 'Content-Length: 0', '', ''].join('\r\n'));
      });
    });
    await new Promise<void>((resolve) => sbc.listen(0, '127.0.0.1', resolve));
    await database.query('insert into connectors (connector_id) values ($1)', [connectorId]);
  });
  afterAll(async () => {
    sbc.close();
    rmSync(folder, { recursive: true, force: true });
    await database.close();
    await test.drop();
  });

  function cli(...args: string[]): Promise<{ exitCode: number; out: string; err: string }> {
    const env = {
      PATH: process.env['PATH'],
      DATABASE_URL: test.url,
      ENCRYPTION_KEYS: KEYS,
      PUBLIC_URL: 'https://host.example',
      ZOOM_CLIENT_ID: 'zoom',
      ZOOM_CLIENT_SECRET: 'zoom-secret',
      CLOUDLINK_CLIENT_ID: 'cloudlink',
    };
    return new Promise((resolve) => {
      execFile(process.execPath, [CLI, ...args], { env }, (error, out, err) =>
        resolve({ exitCode: error === null ? 0 : Number(error.code), out, err }),
      );
    });
  }

  const audited = async (): Promise<unknown[]> =>
    (
      await database.query(
        `select action, details from audit_events where action in ('authorities.changed', 'registrar_sweep.changed') order by event_id`,
      )
    ).rows;

  it('looks at every target and shows what it sees', async () => {
    expect(await cli('probe', connectorId)).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('No user of this connector has a registration target yet'),
    });
    const { port } = sbc.address() as AddressInfo;
    const targets = [
      { role: 'sbc', host: '127.0.0.1', port, transport: 'tcp' },
      { role: 'backup_sbc', host: '192.0.2.11', port: 5061, transport: 'tls' },
    ];
    await database.query(
      `with u as (insert into integrated_users (connector_id, user_id, email, credential_state, status, zoom_status)
                  values ($1, gen_random_uuid(), 'a@example.com', 'ready', 'inactive', 'active') returning user_id)
       insert into sip_credentials (connector_id, user_id, user_name, auth_user_name, realm, md5_ha1, targets)
       select $1, user_id, '4711', '4711', 'mitel.test', 'x', $2 from u`,
      [connectorId, JSON.stringify(targets)],
    );
    const { out } = await cli('probe', connectorId);
    expect(out).toMatch(/^sbc +tcp:127\.0\.0\.1:\d+ +ok .* 200 Fine +\d+ +1 /m);
    expect(out).toMatch(/^backup_sbc +tls:192\.0\.2\.11:5061 +unknown +address_refused /m);
    const { items } = JSON.parse((await cli('probe', connectorId, '--json')).out) as { items: { id: string }[] };
    const one = await cli('probe', connectorId, '--target', items[0]?.id ?? '', '--json');
    expect(JSON.parse(one.out)).toMatchObject({ items: [{ state: 'ok', seen: { sip: { code: 200 } } }] });
    expect(await cli('probe', connectorId, '--target', randomUUID())).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('no such target'),
    });
    expect(await cli('probe', connectorId, '--target', 'sbc')).toMatchObject({ exitCode: 2 });
    expect(await cli('probe', randomUUID())).toMatchObject({ exitCode: 1 });
  });

  it('takes the authorities of a file, and nothing else', async () => {
    const file = join(folder, 'ca.pem');
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30'].concat([
        ...['-keyout', join(folder, 'ca.key'), '-out', file, '-subj', '/CN=House authority'],
      ]),
      { stdio: 'pipe' },
    );
    expect(await cli('connectors', 'set-ca', connectorId)).toMatchObject({ exitCode: 1 });
    expect((await cli('connectors', 'set-ca', connectorId, '--file', file)).out).toMatch(/CN=House authority +\d{4}-/);
    expect(await cli('connectors', 'set-ca', connectorId, '--file', join(folder, 'ca.key'))).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('private key'),
    });
    writeFileSync(join(folder, 'empty.pem'), 'nothing');
    expect((await cli('connectors', 'set-ca', connectorId, '--file', join(folder, 'empty.pem'))).err).toContain(
      'at least one certificate',
    );
    expect((await cli('connectors', 'set-ca', connectorId, '--file', join(folder, 'none.pem'))).err).toContain(
      'ENOENT',
    );
    expect((await cli('connectors', 'set-ca', randomUUID(), '--file', file)).exitCode).toBe(1);
    expect((await cli('connectors', 'set-ca', connectorId, '--clear')).out).toContain('Only the public authorities');
    expect(await audited()).toMatchObject([
      { action: 'authorities.changed', details: { authorities: 1, subjects: 'CN=House authority' } },
      { action: 'authorities.changed', details: { authorities: 0 } },
    ]);
  });

  it('switches the sweep on and off', async () => {
    const sweep = (...args: string[]): ReturnType<typeof cli> => cli('connectors', 'registrar-sweep', ...args);
    expect((await sweep(connectorId)).out).toContain('Off.');
    expect((await sweep(connectorId, '--on', '--per-minute', '5')).out).toContain('On: 5 users a minute.');
    expect((await sweep(connectorId, '--per-minute', '6')).out).toContain('On: 6 users a minute.');
    expect((await sweep(connectorId, '--off')).out).toContain('Off.');
    expect((await sweep(connectorId, '--per-minute', '0')).exitCode).toBe(2);
    expect((await sweep(connectorId, '--on', '--off')).exitCode).toBe(1);
    expect((await sweep(randomUUID(), '--on')).exitCode).toBe(1);
    expect((await audited()).slice(2)).toMatchObject([
      { details: { enabled: true, perMinute: 5 } },
      { details: { enabled: true, perMinute: 6 } },
      { details: { enabled: false, perMinute: 6 } },
    ]);
  });
});
