import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../support/free-port';
import type { CertificateFiles } from './test-authority';

const CONFIGURATION = join(__dirname, 'registrar.cfg');

const MODULE_FOLDERS = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib'];

/** Whether this machine can run these tests: Kamailio with TLS, openssl, and Linux, where all of 127.0.0.0/8 is this machine. */
export function hasKamailio(): boolean {
  const runs = (program: string, ...args: string[]): boolean => spawnSync(program, args).status === 0;
  return (
    process.platform === 'linux' &&
    runs('kamailio', '-v') &&
    runs('openssl', 'version') &&
    MODULE_FOLDERS.some((folder) => existsSync(`${folder}/kamailio/modules/tls.so`))
  );
}

export interface RegistrarOptions {
  /** Loopback address to live at. */
  address: string;
  certificate: CertificateFiles;
  algorithm?: 'MD5' | 'SHA-256';
  realm?: string;
  kinds?: ('IS_STRICT' | 'IS_PROXY' | 'OFFERS_PAIR')[];
  /** Wants a certificate of its clients, signed by the authority in this file. */
  clientAuthority?: string;
  /** Default: TLS 1.2 and newer. */
  tlsMethod?: string;
  ports?: { tls: number; tcp: number };
  /** Delivers calls, and asks there to wake sleeping apps. */
  wakes?: { url: string; token: string };
}

/** Whether it can ask others by HTTP, too. */
export const hasKamailioHttp = (): boolean =>
  hasKamailio() && MODULE_FOLDERS.some((folder) => existsSync(`${folder}/kamailio/modules/http_client.so`));

/** One real Kamailio in a folder of its own. */
export class Kamailio {
  private child: ChildProcess | undefined;
  private output = '';

  private constructor(
    private readonly options: RegistrarOptions,
    private readonly folder: string,
    /** SIP over TLS. */
    readonly port: number,
    /** SIP over plain TCP and UDP, and the door for the test. */
    readonly plainPort: number,
  ) {}

  static async start(options: RegistrarOptions): Promise<Kamailio> {
    const { address } = options;
    const ports = options.ports ?? { tls: await freePort(address), tcp: await freePort(address) };
    const folder = mkdtempSync(join(tmpdir(), 'connector-kamailio-'));
    const kamailio = new Kamailio(options, folder, ports.tls, ports.tcp);
    kamailio.writeFiles(options.certificate);
    await kamailio.run();
    await kamailio.set('hash', 'realm', options.realm ?? 'mitel.test');
    return kamailio;
  }

  get address(): string {
    return this.options.address;
  }

  /** The hash of a user, by the user name of the digest. */
  addHash(authUserName: string, ha1: string): Promise<void> {
    return this.set('hash', authUserName, ha1);
  }

  /** Answers like `503;Service Unavailable;Retry-After: 30`, or `silence`; about a user by name in To, or about OPTIONS. */
  fail(whom: string, how: string): Promise<void> {
    return this.set('fault', whom, how);
  }

  async mend(whom: string): Promise<void> {
    await this.call('htable.delete', 'fault', whom);
  }

  /** Calls the next right answers of a user stale. */
  makeStale(authUserName: string, times: number): Promise<void> {
    return this.set('stale', authUserName, String(times));
  }

  /** New connections get this certificate. */
  async useCertificate(certificate: CertificateFiles): Promise<void> {
    this.writeTls(certificate);
    await this.call('tls.reload');
  }

  /** The number of bindings that it holds of a user. */
  async bindings(userName: string): Promise<number> {
    const answer = await this.callRaw(
      'ul.lookup',
      'location',
      `${userName}@${this.options.realm ?? 'mitel.test'}`,
    ).catch(() => undefined);
    return (JSON.stringify(answer ?? '').match(/"Address"/g) ?? []).length;
  }

  /** Stopped in the middle of whatever it does: connections open and nothing comes back. */
  freeze(): void {
    for (const pid of this.processes()) process.kill(pid, 'SIGSTOP');
  }

  thaw(): void {
    for (const pid of this.processes()) process.kill(pid, 'SIGCONT');
  }

  async stop(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child !== undefined && child.exitCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      const timer = setTimeout(() => {
        for (const pid of descendants(child.pid ?? 0)) process.kill(pid, 'SIGKILL');
      }, 5_000);
      await ended;
      clearTimeout(timer);
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private writeFiles(certificate: CertificateFiles): void {
    const { address } = this.options;
    // In the file, not among the arguments, which anybody on the machine can read.
    const configuration = readFileSync(CONFIGURATION, 'utf8').replaceAll(
      'WAKE_SECRET',
      this.options.wakes?.token ?? '',
    );
    writeFileSync(join(this.folder, 'registrar.cfg'), configuration);
    writeFileSync(
      join(this.folder, 'listeners.cfg'),
      [
        `listen=tls:${address}:${this.port}`,
        `listen=tcp:${address}:${this.plainPort}`,
        `listen=udp:${address}:${this.plainPort}`,
        // A request is for this server when its domain is one of these.
        `alias="${this.options.realm ?? 'mitel.test'}"`,
        `alias="${address}"`,
        '',
      ].join('\n'),
    );
    this.writeTls(certificate);
  }

  private writeTls({ certificate, key }: CertificateFiles): void {
    const { clientAuthority, tlsMethod = 'TLSv1.2+' } = this.options;
    const asks = clientAuthority === undefined ? 'no' : 'yes';
    writeFileSync(
      join(this.folder, 'tls.cfg'),
      [
        '[server:default]',
        `method = ${tlsMethod}`,
        `verify_certificate = ${asks}`,
        `require_certificate = ${asks}`,
        ...(clientAuthority === undefined ? [] : [`ca_list = ${clientAuthority}`]),
        `certificate = ${certificate}`,
        `private_key = ${key}`,
        '',
      ].join('\n'),
    );
  }

  private async run(): Promise<void> {
    const { algorithm = 'MD5', kinds = [], wakes } = this.options;
    const child = spawn(
      'kamailio',
      [
        ...['-DD', '-E', '-f', join(this.folder, 'registrar.cfg'), '-Y', this.folder, '-w', this.folder],
        ...['-P', join(this.folder, 'pid'), '-m', '64', '-M', '8'],
        ...['-A', `MY_ALGORITHM="${algorithm}"`, '-A', `MY_TLS="${join(this.folder, 'tls.cfg')}"`],
        ...kinds.flatMap((kind) => ['-A', kind]),
        ...(wakes === undefined ? [] : ['-A', 'WAKES_APPS', '-A', `WAKE_URL="${wakes.url}"`]),
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.child = child;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (this.output = (this.output + chunk.toString()).slice(-4000)));
    for (let tries = 0; tries < 300; tries += 1) {
      if (child.exitCode !== null) throw new Error(`kamailio did not start:\n${this.output}`);
      if (await this.answers()) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`kamailio does not answer:\n${this.output}`);
  }

  private async answers(): Promise<boolean> {
    return (
      (await canConnect(this.address, this.port)) &&
      (await this.call('core.version').then(
        () => true,
        () => false,
      ))
    );
  }

  private async set(table: string, key: string, value: string): Promise<void> {
    await this.call('htable.sets', table, key, value);
  }

  private async call(method: string, ...params: string[]): Promise<void> {
    await this.callRaw(method, ...params);
  }

  private async callRaw(method: string, ...params: string[]): Promise<unknown> {
    const response = await fetch(`http://${this.address}:${this.plainPort}/RPC`, {
      method: 'POST',
      // A connection that is kept would break when this instance stops.
      headers: { connection: 'close' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      signal: AbortSignal.timeout(3_000),
    });
    const answer = (await response.json()) as { result?: unknown; error?: { message: string } };
    if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result;
  }

  private processes(): number[] {
    const pid = this.child?.pid;
    return pid === undefined ? [] : descendants(pid);
  }
}

/** A process and all that it has started. */
function descendants(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
    return [pid, ...children.map(Number).flatMap(descendants)];
  } catch {
    return [];
  }
}

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
