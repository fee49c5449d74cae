import { randomUUID } from 'node:crypto';
import { DiagnosisModule } from '../../src/diagnosis/diagnosis.module';
import type { RegistrationTarget } from '../../src/sip/parse-target';
import { failed, registered, UsersApp } from '../users/users-app';

interface Item {
  code: string;
  severity: string;
  title: string;
  target: { id: string; host: string } | null;
  failure: { platform: string; code: number; source: string } | null;
  usersAffected: number;
  usersFailing: number;
  users: string[];
  evidence: string[];
  nextStep: string;
}

const TARGETS: RegistrationTarget[] = [
  { role: 'sbc', host: 'sbc.example.com', port: 5061, transport: 'tls' },
  { role: 'backup_sbc', host: '192.0.2.11', port: 5061, transport: 'tls' },
];

/** What apps, probe and registrar have said stands in the database; the answers are those of the API. */
describe('the diagnosis', () => {
  let users: UsersApp;
  let sbc: string;
  beforeAll(async () => {
    users = await UsersApp.start({}, undefined, [DiagnosisModule]);
  });
  afterAll(() => users.stop());
  beforeEach(async () => {
    await users.database.query('delete from integrated_users');
    await users.database.query('delete from registration_targets');
    await users.database.query('update connectors set synced_at = now()');
    sbc = await addTarget('sbc', 'sbc.example.com');
    await addTarget('backup_sbc', '192.0.2.11');
  });

  async function addTarget(role: string, host: string): Promise<string> {
    const id = randomUUID();
    await users.database.query(
      `insert into registration_targets (connector_id, target_id, role, host, port, transport, users, listed_at, state, since, checked_at)
       values ($1, $2, $3, $4, 5061, 'tls', 40, now(), 'ok', now(), now())`,
      [users.connectorId, id, role, host],
    );
    return id;
  }

  const seen = (state: string, reason: string): Promise<unknown> =>
    users.database.query(
      `update registration_targets set state = $3, reason = $4, since = now() - interval '1 day',
         seen = '{"certificate": {"notAfter": "2026-11-24T09:00:00.000Z"}}' where connector_id = $1 and target_id = $2`,
      [users.connectorId, sbc, state, reason],
    );

  async function ask(path: string, language = 'en'): Promise<Record<string, unknown>> {
    // What was found is remembered for three seconds.
    users.clock.advance(3);
    const response = await fetch(`${users.url}/v1/connectors/${users.connectorId}${path}`, {
      headers: { authorization: `Bearer ${await users.token()}`, 'accept-language': language },
    });
    expect(response.status).toBe(200);
    return (await response.json()) as Record<string, unknown>;
  }
  const items = async (language?: string): Promise<Item[]> => (await ask('/diagnosis', language))['items'] as Item[];
  const codes = async (): Promise<unknown[]> =>
    (await items()).map(({ code, usersAffected, usersFailing }) => [code, usersAffected, usersFailing]);
  const ofUser = async (email: string): Promise<Item | null> =>
    (await ask(`/users/${email}/diagnosis`))['diagnosis'] as Item | null;

  async function addUsers(count: number, name = 'user'): Promise<string[]> {
    const emails = Array.from({ length: count }, (_, n) => `${name}${n}@example.com`);
    for (const email of emails) await users.addUser({ email, targets: TARGETS });
    return emails;
  }
  const checked = (email: string, result: string, options: { bindings?: number; at?: string } = {}): Promise<unknown> =>
    users.database.query(
      `insert into registrar_checks (connector_id, user_id, at, cause, result, bindings, result_since)
       select connector_id, user_id, $5::timestamptz + $4::interval, 'manual', $2, $3, now() from integrated_users where email = $1`,
      [
        email,
        result,
        JSON.stringify(Array.from({ length: options.bindings ?? 0 }, () => ({}))),
        options.at ?? '1 second',
        users.clock.now(),
      ],
    );

  it('is empty when all is well', async () => {
    const [email = ''] = await addUsers(1);
    await users.report(email, 'd1', registered());
    expect(await items()).toEqual([]);
    expect(await ofUser(email)).toBeNull();
  });

  it('says that a certificate has expired where apps say 503 and 408', async () => {
    const emails = await addUsers(7);
    for (const [n, email] of emails.entries()) await users.report(email, 'd1', failed(n === 0 ? 408 : 503, 'client'));
    await seen('down', 'certificate_expired');
    const [item, ...others] = await items();
    expect(others).toEqual([]);
    expect(item).toMatchObject({
      code: 'certificate_expired',
      severity: 'error',
      title: 'The certificate of the SBC sbc.example.com:5061 has expired',
      target: { id: sbc, role: 'sbc', host: 'sbc.example.com', port: 5061, transport: 'tls' },
      failure: { platform: 'desktop', source: 'client' },
      usersAffected: 40,
      usersFailing: 7,
      users: emails.slice(0, 5),
    });
    expect(item?.evidence.join(' ')).toContain('24 November 2026');
    const [german] = await items('de');
    expect(german?.title).toBe('SBC sbc.example.com:5061: Das Zertifikat ist abgelaufen');
    expect(await ofUser('user0@example.com')).toMatchObject({ code: 'certificate_expired', failure: { code: 408 } });
  });

  it('believes the target that the app has named', async () => {
    const [email = ''] = await addUsers(1);
    await seen('down', 'connect_refused');
    await users.report(email, 'd1', {
      ...failed(503, 'client'),
      target: { role: 'backup_sbc', host: '192.0.2.11', port: 5061, transport: 'tls' },
    });
    expect(await codes()).toEqual([
      ['app_cannot_reach_target', 1, 1],
      ['target_down', 40, 0],
    ]);
  });

  it('takes a sudden wave of refusals for a registrar that has lost its users', async () => {
    const lost = await addUsers(6, 'lost');
    const kept = await addUsers(2, 'kept');
    const never = await addUsers(1, 'never');
    for (const email of [...lost, ...kept]) await users.report(email, 'd1', registered());
    for (const email of [...lost.slice(1), ...never]) await users.report(email, 'd1', failed(401));
    expect(await codes()).toEqual([['registrar_lost_users', 6, 6]]);
    await users.report('lost5@example.com', 'd1', registered());
    expect(await codes()).toEqual([['hash_refused', 5, 5]]);
  });

  it('asks what the registrar says to the hash', async () => {
    const [stale = '', outdated = '', wrong = '', gone = ''] = await addUsers(4);
    for (const email of [stale, outdated, wrong]) await users.report(email, 'd1', failed(401));
    await checked(stale, 'realm_mismatch', { at: '-1 hour' });
    await checked(outdated, 'accepted');
    await checked(wrong, 'realm_mismatch');
    await users.report(gone, 'd1', registered());
    await checked(gone, 'accepted', { bindings: 0 });
    expect((await Promise.all([stale, outdated, wrong, gone].map(ofUser))).map((item) => item?.code)).toEqual([
      'hash_refused',
      'app_credential_outdated',
      'realm_mismatch',
      'registered_not_reachable',
    ]);
  });

  it('forgets a check after three days, and a failure when the platform has reported anew', async () => {
    const [old = '', anew = ''] = await addUsers(2);
    await checked(old, 'realm_mismatch', { at: '-73 hours' });
    await users.report(anew, 'before', failed(401));
    users.clock.advance(1);
    await users.report(anew, 'after', { platform: 'desktop', outcome: 'unregistered' });
    expect(await items()).toEqual([]);
  });

  it('sees that only mobile apps are refused', async () => {
    const emails = await addUsers(3);
    for (const email of emails) {
      await users.report(email, 'd1', registered());
      await users.report(email, 'm1', failed(420, 'registrar', 'mobile'));
    }
    expect(await codes()).toEqual([['push_not_supported', 3, 3]]);
  });

  it('counts users who wait for CloudLink, and a sync that is long ago', async () => {
    await users.addUser({ email: 'waits@example.com', credential: 'none' });
    await users.database.query(`update connectors set synced_at = now() - interval '5 hours'`);
    expect(await codes()).toEqual([
      ['sync_stale', 1, 0],
      ['credential_pending', 1, 1],
    ]);
  });

  it('does not say anything of users whom nobody knows, or who have left', async () => {
    await users.addUser({ email: 'left@example.com', status: 'removed' });
    expect(await ofUser('left@example.com')).toBeNull();
    const response = await users.get('/nobody@example.com/diagnosis');
    expect({ status: response.status, code: (response.body as unknown as { code: string }).code }).toEqual({
      status: 404,
      code: 'not_found',
    });
  });
});
