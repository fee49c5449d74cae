import { orderTargets } from './order-targets';
import type { RegistrationTarget, TargetRole } from './parse-target';

const target = (role: TargetRole, host: string = role): RegistrationTarget => ({
  role,
  host,
  port: 5061,
  transport: 'tls',
});
const all = [target('pbx'), target('backup_sbc'), target('sbc', 'sbc-1'), target('sbc', 'sbc-2')];
const hosts = (targets: RegistrationTarget[]): string[] => targets.map((t) => t.host);

describe('orderTargets', () => {
  it('sends every remote app to the SBC, then to its backup', () => {
    expect(hosts(orderTargets(all, 'desktop'))).toEqual(['sbc-1', 'sbc-2', 'backup_sbc']);
    expect(hosts(orderTargets(all, 'mobile'))).toEqual(['sbc-1', 'sbc-2', 'backup_sbc']);
  });

  it('sends a desktop on site to the PBX first', () => {
    expect(hosts(orderTargets(all, 'desktop', true))).toEqual(['pbx', 'sbc-1', 'sbc-2', 'backup_sbc']);
  });

  it('keeps a mobile on site with the SBC', () => {
    expect(hosts(orderTargets(all, 'mobile', true))).toEqual(['sbc-1', 'sbc-2', 'backup_sbc']);
  });

  it('gives the PBX to a desktop that has nothing else, and never to a mobile', () => {
    expect(hosts(orderTargets([target('pbx')], 'desktop'))).toEqual(['pbx']);
    expect(hosts(orderTargets([target('pbx')], 'mobile'))).toEqual([]);
  });

  it('leaves its input as it was', () => {
    const before = [...all];
    orderTargets(all, 'desktop', true);
    expect(all).toEqual(before);
  });
});
