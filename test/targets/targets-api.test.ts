import { execFile } from 'node:child_process';
import { spawnSync } from 'node:child_process';
import { DiagnosisModule } from '../../src/diagnosis/diagnosis.module';
import { TasksModule } from '../../src/platform/queue/tasks.module';
import { TrustedAuthorities } from '../../src/targets/authorities/trusted-authorities';
import { RegistrarSweeps } from '../../src/targets/registrar/registrar-sweeps.service';
import { TargetRounds } from '../../src/targets/target-rounds';
import { TargetsWorkerModule } from '../../src/targets/targets-worker.module';
import type { RegistrationTarget } from '../../src/sip/parse-target';
import { hasKamailio, Kamailio, type RegistrarOptions } from '../sip/kamailio/kamailio';
import { describeWherePossible } from '../support/describe-where-possible';
import { failed, MD5, SHA256, UsersApp, type NewUser } from '../users/users-app';
import { SbcTrio } from './sbc-trio';

const INSTALL = 'Kamailio is not installed (apt-get install kamailio kamailio-tls-modules)';
const OPERATOR = { actorKind: 'admin', actorId: 'test' } as const;

interface Answer {
  status: number;
  body: Record<string, unknown> & { items: Record<string, unknown>[] };
}

/** Real registrars, real PostgreSQL, our API over HTTP. */
describeWherePossible(hasKamailio(), INSTALL, 'targets and registrars, seen through the API', () => {
  let users: UsersApp;
  let trio: SbcTrio;
  let others: Kamailio[] = [];
  let count = 0;

  beforeAll(async () => {
    trio = await SbcTrio.start();
    users = await UsersApp.start({}, undefined, [TasksModule, TargetsWorkerModule, DiagnosisModule]);
    await users.database.query(`update connectors set state = 'active', synced_at = now()`);
  });
  afterAll(async () => {
    await users.stop();
    await trio.stop();
  });
  beforeEach(async () => {
    await users.database.query('delete from integrated_users');
    await users.database.query('delete from registration_targets');
    await users.database.query('delete from certificate_warnings');
    await users.database.query('delete from alerts');
    await users.app.get(TrustedAuthorities).set(users.connectorId, trio.authority.pem, OPERATOR);
    for (const one of trio.all) await one.addHash('4711', MD5);
  });
  afterEach(async () => {
    for (const one of others.splice(0)) await one.stop();
    others = [];
  });

  const another = async (options: Partial<RegistrarOptions>): Promise<Kamailio> => {
    const certificate = trio.authority.issue({ names: ['IP:127.0.0.5'] });
    const started = await Kamailio.start({ address: '127.0.0.5', certificate, ...options });
    others.push(started);
    return started;
  };
  const at = ({ address, port }: Kamailio, changes: Partial<RegistrationTarget> = {}): RegistrationTarget[] => [
    { role: 'sbc', host: address, port, transport: 'tls', ...changes },
  ];

  async function call(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${users.url}/v1/connectors/${users.connectorId}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await users.token()}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Answer['body'] };
  }

  async function addUser(changes: Partial<NewUser> = {}): Promise<string> {
    count += 1;
    const email = `user${count}@example.com`;
    await users.addUser({ email, targets: trio.targets, ...changes });
    return email;
  }
  const ask = async (email: string): Promise<Record<string, unknown>> => {
    const { status, body } = await call('POST', `/users/${email}/registrar-check`);
    expect([status, body]).toEqual([200, expect.anything()]);
    return body;
  };
  /** A user with these targets or hashes, and what the registrar says of them. */
  const verdict = async (changes: Partial<NewUser> = {}): Promise<unknown> => {
    const { result, code } = await ask(await addUser(changes));
    return [result, code];
  };

  it('lists each target once, and looks at it when told to', async () => {
    await addUser();
    await addUser();
    const { body } = await call('GET', '/targets');
    expect(body.items.map(({ role, state, usersAffected }) => [role, state, usersAffected])).toEqual([
      ['sbc', 'unknown', 2],
      ['backup_sbc', 'unknown', 2],
      ['pbx', 'unknown', 2],
    ]);
    const path = `/targets/${String(body.items[0]?.['id'])}`;
    const probe = await call('POST', `${path}/probe`);
    expect(probe).toMatchObject({
      status: 200,
      body: {
        state: 'ok',
        reason: null,
        address: '127.0.0.2',
        tlsVersion: 'TLSv1.3',
        certificate: { daysLeft: expect.any(Number), coversHost: true, chainError: null },
        sip: { code: 200 },
        latency: { tcpMs: expect.any(Number), tlsMs: expect.any(Number), sipMs: expect.any(Number) },
      },
    });
    expect(await call('POST', `${path}/probe`)).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    users.clock.advance(10);
    await trio.sbc.fail('OPTIONS', '503;Service Unavailable;Retry-After: 60');
    expect((await call('POST', `${path}/probe`)).body).toMatchObject({ state: 'degraded', reason: 'sip_overloaded' });
    await trio.sbc.mend('OPTIONS');
    const history = await call('GET', `${path}/history?limit=1`);
    expect(history.body.items).toMatchObject([{ state: 'degraded', sipCode: 503, cause: 'manual' }]);
    const rest = await call('GET', `${path}/history?cursor=${encodeURIComponent(String(history.body['nextCursor']))}`);
    expect(rest.body).toMatchObject({ items: [{ state: 'ok', sipCode: 200 }], nextCursor: null });
  });

  it('trusts nobody but the public authorities until it is told to', async () => {
    await users.database.query('update target_rounds set next_round_at = $1', [new Date(Date.now() + 86_400_000)]);
    expect((await call('DELETE', '/authorities')).status).toBe(204);
    const email = await addUser({ targets: at(trio.sbc) });
    expect(await ask(email)).toMatchObject({ result: 'certificate_untrusted', code: null });
    const { body } = await call('GET', '/targets');
    const probe = `/targets/${String(body.items[0]?.['id'])}/probe`;
    expect((await call('POST', probe)).body).toMatchObject({ state: 'down', reason: 'certificate_untrusted' });
    expect((await call('PUT', '/authorities', { pem: trio.authority.pem })).status).toBe(200);
    users.clock.advance(10);
    expect((await call('POST', probe)).body).toMatchObject({ state: 'ok' });
  });

  it('forgets a target that nobody has any more', async () => {
    await addUser();
    await call('GET', '/targets');
    await users.database.query('delete from integrated_users');
    users.clock.advance(61);
    expect((await call('GET', '/targets')).body.items).toEqual([]);
  });

  it('says whether the hash is accepted, and which devices are bound', async () => {
    const email = await addUser();
    expect(await ask(email)).toMatchObject({
      result: 'accepted',
      code: 200,
      bindings: [],
      target: { role: 'sbc', host: '127.0.0.2' },
    });
    expect(await call('POST', `/users/${email}/registrar-check`)).toMatchObject({ status: 429 });
    expect(await call('POST', '/users/nobody@example.com/registrar-check')).toMatchObject({ status: 404 });
    await users.addUser({ email: 'pending@example.com', credential: 'none' });
    expect(await call('POST', '/users/pending@example.com/registrar-check')).toMatchObject({
      status: 409,
      body: { code: 'user_pending' },
    });
    const { rows } = await users.database.query(`select details from audit_events where action = 'registrar.asked'`);
    expect(rows).toContainEqual({ details: { email } });
  });

  it('knows what a registrar means', async () => {
    expect(await verdict({ md5: 'f'.repeat(32), sha256: null })).toEqual(['hash_refused', 401]);
    const strict = await another({ kinds: ['IS_STRICT'] });
    expect(await verdict({ targets: at(strict) })).toEqual(['user_unknown', 404]);
    await strict.addHash('4711', 'f'.repeat(32));
    expect(await verdict({ targets: at(strict) })).toEqual(['forbidden', 403]);
  });

  it('sees another realm and another algorithm before anything is sent', async () => {
    const elsewhere = await another({ realm: 'elsewhere.test' });
    await elsewhere.addHash('4711', MD5);
    expect(await ask(await addUser({ targets: at(elsewhere) }))).toMatchObject({
      result: 'realm_mismatch',
      code: 401,
      offered: ['elsewhere.test'],
    });
    await elsewhere.stop();
    const modern = await another({ algorithm: 'SHA-256' });
    await modern.addHash('4711', SHA256);
    expect(await ask(await addUser({ targets: at(modern), sha256: null }))).toMatchObject({
      result: 'algorithm_not_offered',
      offered: ['SHA-256'],
    });
    expect(await verdict({ targets: at(modern), md5: null })).toEqual(['accepted', 200]);
    expect(await verdict({ targets: at(modern) })).toEqual(['accepted', 200]);
  });

  it('answers a registrar that offers both algorithms, and one behind a proxy', async () => {
    const both = await another({ kinds: ['OFFERS_PAIR'] });
    await both.addHash('4711', MD5);
    await both.addHash('4711/SHA-256', SHA256);
    for (const hashes of [{}, { md5: null }, { sha256: null }])
      expect(await verdict({ targets: at(both), ...hashes })).toEqual(['accepted', 200]);
    await both.stop();
    const proxy = await another({ kinds: ['IS_PROXY'] });
    await proxy.addHash('4711', MD5);
    expect(await verdict({ targets: at(proxy) })).toEqual(['accepted', 200]);
  });

  it('takes a stale nonce for what it is, once', async () => {
    await trio.sbc.makeStale('4711', 1);
    expect(await verdict()).toEqual(['accepted', 200]);
    await trio.sbc.makeStale('4711', 9);
    expect(await verdict({ targets: at(trio.sbc) })).toEqual(['stale_nonce', 401]);
    await trio.sbc.makeStale('4711', 0);
  });

  it('goes on to the next target only where an app would', async () => {
    await trio.sbc.fail('+498970074711', '503;Service Unavailable;Retry-After: 60');
    const { attempts, ...check } = await ask(await addUser());
    expect(check).toMatchObject({ result: 'accepted', target: { role: 'backup_sbc' } });
    expect(attempts).toMatchObject([{ result: 'registrar_overloaded', code: 503 }, { result: 'accepted' }]);
    await trio.sbc.fail('+498970074711', '423;Interval Too Brief;Min-Expires: 60');
    expect(await verdict()).toEqual(['interval_too_brief', 423]);
    await trio.sbc.fail('+498970074711', 'silence');
    expect(await verdict({ targets: at(trio.sbc) })).toEqual(['sip_silent', null]);
    await trio.sbc.mend('+498970074711');
  });

  it('sends no credential where the certificate does not hold', async () => {
    const own = ['IP:127.0.0.2', 'DNS:sbc.test'];
    const cases = [
      [trio.authority.issue({ names: own, endsInDays: -2 }), 'certificate_expired'],
      [trio.authority.issue({ names: ['IP:127.0.0.99'] }), 'certificate_name_mismatch'],
      [trio.foreign.issue({ names: own }), 'certificate_untrusted'],
    ] as const;
    for (const [certificate, result] of cases) {
      await trio.sbc.useCertificate(certificate);
      expect(await verdict({ targets: at(trio.sbc) })).toEqual([result, null]);
    }
    await trio.sbc.useCertificate(trio.authority.issue({ names: own }));
    expect(await verdict({ targets: at(trio.sbc, { port: trio.sbc.plainPort }) })).toEqual(['port_is_plain', null]);
    expect(await verdict({ targets: at(trio.sbc, { transport: 'tcp' }) })).toEqual(['port_is_tls', null]);
    const strict = await another({ clientAuthority: trio.authority.certificateFile });
    expect(await verdict({ targets: at(strict) })).toEqual(['client_certificate_required', null]);
  });

  it('puts what apps report and what was seen together', async () => {
    const emails = [await addUser({ targets: at(trio.sbc) }), await addUser({ targets: at(trio.sbc) })];
    for (const email of emails) await users.report(email, 'd1', failed(503, 'client'));
    await trio.sbc.useCertificate(trio.authority.issue({ names: ['IP:127.0.0.2'], endsInDays: -1 }));
    const { body } = await call('GET', '/targets');
    await call('POST', `/targets/${String(body.items[0]?.['id'])}/probe`);
    users.clock.advance(3);
    expect((await call('GET', '/diagnosis')).body.items).toMatchObject([
      { code: 'certificate_expired', usersAffected: 2, usersFailing: 2, severity: 'error' },
    ]);
    await trio.sbc.useCertificate(trio.authority.issue({ names: ['IP:127.0.0.2', 'DNS:sbc.test'] }));
    users.clock.advance(10);
    await call('POST', `/targets/${String(body.items[0]?.['id'])}/probe`);
    users.clock.advance(3);
    expect((await call('GET', '/diagnosis')).body.items).toMatchObject([{ code: 'app_cannot_reach_target' }]);
  });

  it('warns of a certificate that ends, once for each time', async () => {
    const told = async (): Promise<unknown[]> =>
      (await users.database.query(`select kind, details ->> 'warning' as warning from alerts order by at`)).rows;
    await addUser({ targets: at(trio.sbc) });
    const id = String((await call('GET', '/targets')).body.items[0]?.['id']);
    const look = async (): Promise<unknown> => {
      users.clock.advance(10);
      return (await call('POST', `/targets/${id}/probe`)).body['reason'];
    };
    await trio.sbc.useCertificate(trio.authority.issue({ names: ['IP:127.0.0.2'], endsInDays: 16.2 }));
    expect([await look(), await look()]).toEqual(['certificate_expiring', 'certificate_expiring']);
    expect(await told()).toEqual([{ kind: 'target.certificate_expiring', warning: '30' }]);
    await trio.sbc.useCertificate(trio.authority.issue({ names: ['IP:127.0.0.2'], endsInDays: 6.5 }));
    await look();
    expect(await told()).toMatchObject([{ warning: '30' }, { warning: '7' }]);
    await trio.sbc.useCertificate(trio.authority.issue({ names: ['IP:127.0.0.2', 'DNS:sbc.test'] }));
    expect(await look()).toBeNull();
  });

  it('looks by itself when it is time, once for all processes', async () => {
    await addUser();
    const rounds = users.app.get(TargetRounds);
    const [one, two] = await Promise.all([rounds.startDue(), rounds.startDue()]);
    expect([...one, ...two]).toEqual([users.connectorId]);
    users.clock.advance(240);
    expect(await rounds.startDue()).toEqual([]);
    users.clock.advance(120);
    expect(await rounds.startDue()).toEqual([users.connectorId]);
  });

  it('walks slowly through all users where an admin has switched it on', async () => {
    const emails = [await addUser(), await addUser({ md5: 'f'.repeat(32), sha256: null }), await addUser()];
    const sweeps = users.app.get(RegistrarSweeps);
    const stop = new AbortController().signal;
    expect(await sweeps.takeShare(users.connectorId, stop)).toBe(0);
    expect((await call('PUT', '/registrar-sweep', { enabled: true, perMinute: 61 })).status).toBe(400);
    expect((await call('PUT', '/registrar-sweep', { enabled: true, perMinute: 2 })).body).toMatchObject({
      enabled: true,
      perMinute: 2,
    });
    expect(await sweeps.due()).toEqual([users.connectorId]);
    expect(await sweeps.takeShare(users.connectorId, stop)).toBe(2);
    expect(await sweeps.takeShare(users.connectorId, stop)).toBe(1);
    const { rows } = await users.database.query(
      `select email, result from registrar_checks join integrated_users using (connector_id, user_id) order by email`,
    );
    expect(rows).toEqual(emails.map((email, index) => ({ email, result: index === 1 ? 'hash_refused' : 'accepted' })));
    expect((await call('GET', '/registrar-sweep')).body).toMatchObject({
      roundStartedAt: null,
      roundEndedAt: expect.any(String),
    });
    await trio.sbc.fail('+498970074711', 'silence');
    await call('PUT', '/registrar-sweep', { enabled: false });
    expect(await sweeps.due()).toEqual([]);
    await trio.sbc.mend('+498970074711');
  });

  it('walks past a user whose stored hash cannot be opened', async () => {
    const broken = await addUser();
    await addUser();
    await users.database.query(
      `update sip_credentials set md5_ha1 = 'rubbish', sha256_ha1 = null where user_id =
         (select user_id from integrated_users where email = $1)`,
      [broken],
    );
    await call('PUT', '/registrar-sweep', { enabled: true, perMinute: 10 });
    expect(await users.app.get(RegistrarSweeps).takeShare(users.connectorId, new AbortController().signal)).toBe(2);
    const { rows } = await users.database.query('select result from registrar_checks');
    expect(rows).toEqual([{ result: 'accepted' }]);
    expect(users.lines.join('')).toContain('a registrar could not be asked');
    await call('PUT', '/registrar-sweep', { enabled: false });
  });

  it('has written no hash into any line of the log', () => {
    const log = users.lines.join('');
    expect(log).toContain('registrar-check');
    for (const secret of [MD5, SHA256]) expect(log).not.toContain(secret);
  });
});

const hasSipsak = hasKamailio() && spawnSync('sipsak', ['-V']).error === undefined;

/** A client that knows nothing of ours but what the API has handed out. */
describeWherePossible(
  hasSipsak,
  'sipsak or Kamailio is not installed (apt-get install sipsak)',
  'a foreign client',
  () => {
    let users: UsersApp;
    let trio: SbcTrio;
    beforeAll(async () => {
      // It hangs with TLS 1.3.
      trio = await SbcTrio.start({ tlsMethod: 'TLSv1.2' });
      users = await UsersApp.start({}, undefined, [TasksModule, TargetsWorkerModule, DiagnosisModule]);
      await users.app.get(TrustedAuthorities).set(users.connectorId, trio.authority.pem, OPERATOR);
      for (const one of trio.all) await one.addHash('4711', MD5);
    });
    afterAll(async () => {
      await users.stop();
      await trio.stop();
    });

    interface HandOut {
      sip: { userName: string; authUserName: string };
      credentials: { algorithm: string; ha1: string }[];
      targets: { role: string; host: string; port: number; transport: string }[];
      registrationExpires: number;
    }

    function register(
      { sip, credentials, registrationExpires }: HandOut,
      target: HandOut['targets'][0],
    ): Promise<number> {
      const ha1 = credentials.find(({ algorithm }) => algorithm === 'MD5')?.ha1 ?? '';
      return new Promise((resolve) => {
        execFile(
          'sipsak',
          [
            ...['-U', '--tls-ca-cert', trio.authority.certificateFile, '-E', target.transport],
            ...['-p', `${target.host}:${target.port}`, '-s', `sip:${sip.userName}@${target.host}`],
            ...['-u', sip.authUserName, '-J', ha1, '-x', String(registrationExpires), '-H', '127.0.0.1'],
          ],
          { timeout: 10_000 },
          (error) => resolve(error === null ? 0 : Number(error.code)),
        );
      });
    }

    /** As the hand-out's failover rules say: no answer leads to the next target. @returns the role where it is registered */
    async function registerSomewhere(handOut: HandOut): Promise<string | undefined> {
      for (const target of handOut.targets) if ((await register(handOut, target)) === 0) return target.role;
      return undefined;
    }

    it('registers with what it was handed, and goes from SBC to backup SBC to PBX as they die', async () => {
      const email = 'foreign@example.com';
      await users.addUser({ email, targets: trio.targets });
      await users.put(`/../networks`, { items: [{ cidr: '127.0.0.0/8', site: '' }] });
      const { body } = await users.get(`/${email}/registration?platform=mobile`);
      const handOut = body as unknown as HandOut;
      expect(handOut.targets.map(({ role }) => role)).toEqual(['sbc', 'backup_sbc']);
      expect(await registerSomewhere(handOut)).toBe('sbc');
      expect(await trio.sbc.bindings(handOut.sip.userName)).toBe(1);
      const check = async (): Promise<Record<string, unknown>> => {
        users.clock.advance(10);
        const response = await fetch(`${users.url}/v1/connectors/${users.connectorId}/users/${email}/registrar-check`, {
          method: 'POST',
          headers: { authorization: `Bearer ${await users.token()}` },
        });
        return (await response.json()) as Record<string, unknown>;
      };
      expect(await check()).toMatchObject({
        result: 'accepted',
        bindings: [{ contact: expect.stringContaining('127.0.0.1'), expires: expect.any(Number) }],
      });
      await trio.sbc.stop();
      expect(await registerSomewhere(handOut)).toBe('backup_sbc');
      expect(await check()).toMatchObject({ result: 'accepted', target: { role: 'backup_sbc' }, bindings: [{}] });
      await trio.backup.stop();
      const { body: desktop } = await users.get(`/${email}/registration?platform=desktop`);
      const onsite = desktop as unknown as HandOut;
      expect(onsite.targets.map(({ role }) => role)).toContain('pbx');
      expect(await registerSomewhere(onsite)).toBe('pbx');
    });
  },
);
