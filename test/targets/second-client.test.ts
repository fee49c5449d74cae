import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kamailio, hasKamailio } from '../sip/kamailio/kamailio';
import { TestAuthority } from '../sip/kamailio/test-authority';
import { describeWherePossible } from '../support/describe-where-possible';
import { until } from '../support/program';
import { MD5, SHA256, UsersApp } from '../users/users-app';

/** It does not register on a machine that has no network. */
const hasNetwork = Object.values(networkInterfaces()).some((ends) => ends?.some(({ internal }) => !internal));
const hasLinphone = hasKamailio() && hasNetwork && spawnSync('linphonec', ['--version']).error === undefined;

interface HandOut {
  sip: { userName: string; authUserName: string; realm: string };
  credentials: { algorithm: string; ha1: string }[];
}

/** linphone answers with SHA-256, too, which sipsak cannot. */
describeWherePossible(
  hasLinphone,
  'linphone or Kamailio is not installed, or there is no network (apt-get install linphone-cli)',
  'a second foreign client',
  () => {
    let users: UsersApp;
    let authority: TestAuthority;
    let folder: string;
    const running: ChildProcess[] = [];
    const registrars: Kamailio[] = [];

    beforeAll(async () => {
      authority = new TestAuthority();
      folder = mkdtempSync(join(tmpdir(), 'connector-linphone-'));
      // It stops without a word when it cannot keep its database there.
      mkdirSync(join(folder, '.local', 'share', 'linphone'), { recursive: true });
      users = await UsersApp.start();
      await users.addUser({ email: 'linphone@example.com' });
    });
    afterEach(async () => {
      for (const one of running.splice(0)) one.kill('SIGKILL');
      for (const one of registrars.splice(0)) await one.stop();
    });
    afterAll(async () => {
      await users.stop();
      authority.remove();
      rmSync(folder, { recursive: true, force: true });
    });

    function start(port: number, { sip, credentials }: HandOut, algorithm: string): void {
      const ha1 = credentials.find((one) => one.algorithm === algorithm)?.ha1 ?? '';
      const file = join(folder, `linphone-${algorithm}`);
      const sections = {
        sip: {
          sip_port: 0,
          sip_tcp_port: 0,
          sip_tls_port: -2,
          default_proxy: 0,
          verify_server_certs: 1,
          verify_server_cn: 1,
          root_ca: authority.certificateFile,
        },
        net: { mtu: 1300 },
        // It looks for names and not for addresses in a certificate.
        proxy_0: {
          reg_proxy: `<sip:localhost:${port};transport=tls>`,
          reg_identity: `sip:${sip.userName}@${sip.realm}`,
          reg_expires: 300,
          reg_sendregister: 1,
        },
        auth_info_0: {
          username: sip.userName,
          userid: sip.authUserName,
          realm: sip.realm,
          domain: sip.realm,
          ha1,
          algorithm,
        },
      };
      const text = Object.entries(sections).map(
        ([name, values]) =>
          `[${name}]\n${Object.entries(values)
            .map(([key, value]) => `${key}=${value}`)
            .join('\n')}\n`,
      );
      writeFileSync(file, text.join('\n'));
      running.push(
        spawn('linphonec', ['-c', file], {
          stdio: ['pipe', 'ignore', 'ignore'],
          env: { PATH: process.env['PATH'], HOME: folder },
        }),
      );
    }

    it.each([
      ['SHA-256', SHA256],
      ['MD5', MD5],
    ] as const)('registers with the hash of %s that the API hands out', async (algorithm, hash) => {
      const registrar = await Kamailio.start({
        address: '127.0.0.1',
        certificate: authority.issue({ names: ['DNS:localhost', 'IP:127.0.0.1'] }),
        algorithm,
      });
      registrars.push(registrar);
      const { body } = await users.get('/linphone@example.com/registration?platform=desktop');
      const handOut = body as unknown as HandOut;
      await registrar.addHash(handOut.sip.authUserName, hash);
      start(registrar.port, handOut, algorithm);
      expect(
        await until(
          'the client to register',
          async () => {
            const bindings = await registrar.bindings(handOut.sip.userName);
            return bindings > 0 ? bindings : undefined;
          },
          30_000,
        ),
      ).toBe(1);
    });

    it('does not register with a hash that is not that of the user', async () => {
      const registrar = await Kamailio.start({
        address: '127.0.0.1',
        certificate: authority.issue({ names: ['DNS:localhost', 'IP:127.0.0.1'] }),
        algorithm: 'SHA-256',
      });
      registrars.push(registrar);
      const { body } = await users.get('/linphone@example.com/registration?platform=desktop');
      const handOut = body as unknown as HandOut;
      await registrar.addHash(handOut.sip.authUserName, 'f'.repeat(64));
      start(registrar.port, handOut, 'SHA-256');
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      expect(await registrar.bindings(handOut.sip.userName)).toBe(0);
    });
  },
);
