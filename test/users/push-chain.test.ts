import { hasKamailioHttp, Kamailio } from '../sip/kamailio/kamailio';
import { TestAuthority } from '../sip/kamailio/test-authority';
import { TestPhone, type PhoneAccount } from '../sip/test-phone';
import { describeWherePossible } from '../support/describe-where-possible';
import { endedRun, startProgram, until, type Program } from '../support/program';

const INSTALL =
  'Kamailio with HTTP is not installed (apt-get install kamailio kamailio-tls-modules kamailio-utils-modules)';
const PUSH = { provider: 'apns', param: 'ABCDE12345.us.zoom.videomeetings.voip', prid: '00fc13adff78512' };
const PARAMETERS = `;pn-provider=${PUSH.provider};pn-param=${PUSH.param};pn-prid=${PUSH.prid}`;

/** A real SBC, our relay, the sandbox in the seat of Zoom's cloud, and an app that sleeps. */
describeWherePossible(hasKamailioHttp(), INSTALL, 'a call for a sleeping app', () => {
  let program: Program;
  let authority: TestAuthority;
  let sbc: Kamailio;
  let bearer: string;
  let connectorId: string;
  let users: { email: string }[];

  async function call(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const response = await fetch(`${program.url}/v1/connectors/${connectorId}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${bearer}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect(response.status).toBeLessThan(300);
    const text = await response.text();
    return (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  }

  /** What the API hands to the app of this user; the SBC learns the hash. */
  async function account(email: string): Promise<PhoneAccount> {
    const handOut = await call('GET', `/users/${encodeURIComponent(email)}/registration?platform=mobile`);
    const sip = handOut['sip'] as { userName: string; authUserName: string; realm: string };
    const hashes = handOut['credentials'] as { algorithm: string; ha1: string }[];
    const ha1 = hashes.find(({ algorithm }) => algorithm === 'MD5')?.ha1 ?? '';
    await sbc.addHash(sip.authUserName, ha1);
    return { ...sip, ha1 };
  }
  const phoneOf = (of: PhoneAccount): TestPhone =>
    new TestPhone({ host: sbc.address, port: sbc.port, ca: authority.pem }, of);

  beforeAll(async () => {
    program = await startProgram({ users: 30 });
    await program.connect();
    connectorId = (await program.connectorIds())[0] ?? '';
    await endedRun(program, connectorId);
    bearer = await program.token(connectorId);
    users = (await call('GET', '/users?status=inactive&limit=20'))['items'] as { email: string }[];
    const first = await call('GET', `/users/${encodeURIComponent(users[0]?.email ?? '')}/registration?platform=mobile`);
    const { realm } = first['sip'] as { realm: string };
    authority = new TestAuthority();
    const { token } = await call('PUT', '/push-token');
    sbc = await Kamailio.start({
      address: '127.0.0.2',
      certificate: authority.issue({ names: ['IP:127.0.0.2'] }),
      realm,
      wakes: { url: `${program.url}/push`, token: String(token) },
    });
  });
  afterAll(async () => {
    await sbc.stop();
    authority.remove();
    await program.stop();
  });

  it('wakes it, waits until it has registered again, and arrives; when nobody wakes it, the caller hears so', async () => {
    const email = users[0]?.email ?? '';
    const called = await account(email);
    // Of the same PBX, hence of the same realm.
    const calling = await account(users[1]?.email ?? '').then((other) => ({ ...other, realm: called.realm }));
    const app = phoneOf(called);
    await app.wake();
    expect(await app.register(PARAMETERS)).toBe(200);
    await call('PUT', `/users/${encodeURIComponent(email)}/registrations/m1`, {
      platform: 'mobile',
      outcome: 'registered',
      expiresIn: 600,
      push: PUSH,
    });
    app.sleep();

    const caller = phoneOf(calling);
    await caller.wake();
    const answered = caller.call(called.userName);
    await until('the push to reach Zoom', async () => (program.sandbox.control.pushes().length > 0 ? true : undefined));
    expect(program.sandbox.control.pushes()).toMatchObject([{ ...PUSH, callId: expect.any(String) }]);
    await app.wake();
    expect(await app.register(PARAMETERS)).toBe(200);
    expect(await app.takeCall()).toContain(calling.userName);
    expect(await answered).toBe(200);

    app.sleep();
    expect(await caller.call(called.userName)).toBe(480);
    expect(program.sandbox.control.pushes()).toHaveLength(2);
    // Zoom says that the device is gone: the relay knows it no more, and the SBC does not wait.
    program.sandbox.control.killPrid(PUSH.prid);
    expect(await caller.call(called.userName)).toBe(480);
    const { rows } = await program.database.query('select * from push_bindings');
    expect(rows).toEqual([]);
    caller.sleep();
  });
});
