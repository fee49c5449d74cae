import type { RegistrationTarget } from '../../src/sip/parse-target';
import { Kamailio, type RegistrarOptions } from '../sip/kamailio/kamailio';
import { TestAuthority } from '../sip/kamailio/test-authority';

/** SBC, backup SBC and PBX of one customer: three real Kamailios, with certificates of the customer's own authority. */
export class SbcTrio {
  private constructor(
    readonly authority: TestAuthority,
    readonly foreign: TestAuthority,
    readonly sbc: Kamailio,
    readonly backup: Kamailio,
    readonly pbx: Kamailio,
  ) {}

  static async start(options: Partial<RegistrarOptions> = {}): Promise<SbcTrio> {
    const authority = new TestAuthority();
    const start = (address: string): Promise<Kamailio> =>
      Kamailio.start({
        address,
        certificate: authority.issue({ names: [`IP:${address}`, 'DNS:sbc.test'] }),
        ...options,
      });
    return new SbcTrio(
      authority,
      new TestAuthority('Somebody else'),
      await start('127.0.0.2'),
      await start('127.0.0.3'),
      await start('127.0.0.4'),
    );
  }

  get all(): Kamailio[] {
    return [this.sbc, this.backup, this.pbx];
  }

  /** As CloudLink would hand them over. */
  get targets(): RegistrationTarget[] {
    const roles = ['sbc', 'backup_sbc', 'pbx'] as const;
    return this.all.map(({ address, port }, index) => ({
      role: roles[index] ?? 'pbx',
      host: address,
      port,
      transport: 'tls',
    }));
  }

  async stop(): Promise<void> {
    for (const one of this.all) await one.stop();
    this.authority.remove();
    this.foreign.remove();
  }
}
