import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface CertificateFiles {
  certificate: string;
  key: string;
}

export interface CertificateWish {
  /** Such as `DNS:sbc.test` and `IP:127.0.0.2`. */
  names: string[];
  /** From now; default a year. */
  endsInDays?: number;
  /** From now; default a year ago. */
  beginsInDays?: number;
}

const CURVE = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** A certificate authority for one test run, made by the openssl program. */
export class TestAuthority {
  private readonly folder = mkdtempSync(join(tmpdir(), 'connector-pki-'));
  private made = 0;

  constructor(name = 'Test authority') {
    mkdirSync(join(this.folder, 'issued'));
    writeFileSync(join(this.folder, 'index'), '');
    writeFileSync(join(this.folder, 'serial'), '1000\n');
    writeFileSync(
      join(this.folder, 'ca.cnf'),
      [
        '[ca]',
        'default_ca = own',
        '[own]',
        `database = ${this.folder}/index`,
        `serial = ${this.folder}/serial`,
        `new_certs_dir = ${this.folder}/issued`,
        'default_md = sha256',
        'policy = any',
        'unique_subject = no',
        '[any]',
        'commonName = supplied',
      ].join('\n'),
    );
    this.openssl(
      'req',
      '-x509',
      ...CURVE,
      '-keyout',
      'ca.key',
      '-out',
      'ca.crt',
      '-days',
      '3650',
      '-subj',
      `/CN=${name}`,
    );
  }

  get certificateFile(): string {
    return join(this.folder, 'ca.crt');
  }

  get pem(): string {
    return readFileSync(this.certificateFile, 'utf8');
  }

  issue({ names, endsInDays = 365, beginsInDays = -365 }: CertificateWish): CertificateFiles {
    this.made += 1;
    const name = `leaf-${this.made}`;
    this.openssl('req', ...CURVE, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    writeFileSync(
      join(this.folder, `${name}.ext`),
      `subjectAltName=${names.join(',')}\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth,clientAuth\n`,
    );
    this.openssl(
      ...['ca', '-batch', '-notext', '-config', 'ca.cnf', '-cert', 'ca.crt', '-keyfile', 'ca.key'],
      ...['-in', `${name}.csr`, '-out', `${name}.crt`, '-extfile', `${name}.ext`],
      ...['-startdate', instant(beginsInDays), '-enddate', instant(endsInDays)],
    );
    return { certificate: join(this.folder, `${name}.crt`), key: join(this.folder, `${name}.key`) };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private openssl(...args: string[]): void {
    execFileSync('openssl', args, { cwd: this.folder, stdio: 'pipe' });
  }
}

/** As openssl writes it: 20261125120000Z. */
const instant = (days: number): string =>
  `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;
