import fc from 'fast-check';
import { orderTargets, type TargetPlatform } from './order-targets';
import { TARGET_ROLES, TRANSPORTS, type RegistrationTarget, type TargetRole } from './parse-target';
import { PLACES, type Place } from './place-of';

const target = (role: TargetRole, host: string = role): RegistrationTarget => ({
  role,
  host,
  port: 5061,
  transport: 'tls',
});
const hosts = (targets: RegistrationTarget[]): string => targets.map(({ host }) => host).join(' ');

const P = target('pbx');
const S = target('sbc');
const B = target('backup_sbc');

/** Given in an order that is never the right one. */
const GIVEN: Record<string, RegistrationTarget[]> = {
  none: [],
  P: [P],
  S: [S],
  B: [B],
  PS: [S, P],
  PB: [B, P],
  SB: [B, S],
  all: [B, P, S],
};

/** Every platform, place and set of targets. */
const TABLE: Record<TargetPlatform, Record<Place, Record<keyof typeof GIVEN, string>>> = {
  desktop: {
    onsite: {
      none: '',
      P: 'pbx',
      S: 'sbc',
      B: 'backup_sbc',
      PS: 'pbx sbc',
      PB: 'pbx backup_sbc',
      SB: 'sbc backup_sbc',
      all: 'pbx sbc backup_sbc',
    },
    remote: {
      none: '',
      P: '',
      S: 'sbc',
      B: 'backup_sbc',
      PS: 'sbc',
      PB: 'backup_sbc',
      SB: 'sbc backup_sbc',
      all: 'sbc backup_sbc',
    },
    unknown: {
      none: '',
      P: 'pbx',
      S: 'sbc',
      B: 'backup_sbc',
      PS: 'sbc',
      PB: 'backup_sbc',
      SB: 'sbc backup_sbc',
      all: 'sbc backup_sbc',
    },
  },
  mobile: {
    onsite: {
      none: '',
      P: '',
      S: 'sbc',
      B: 'backup_sbc',
      PS: 'sbc',
      PB: 'backup_sbc',
      SB: 'sbc backup_sbc',
      all: 'sbc backup_sbc',
    },
    remote: {
      none: '',
      P: '',
      S: 'sbc',
      B: 'backup_sbc',
      PS: 'sbc',
      PB: 'backup_sbc',
      SB: 'sbc backup_sbc',
      all: 'sbc backup_sbc',
    },
    unknown: {
      none: '',
      P: '',
      S: 'sbc',
      B: 'backup_sbc',
      PS: 'sbc',
      PB: 'backup_sbc',
      SB: 'sbc backup_sbc',
      all: 'sbc backup_sbc',
    },
  },
};

const rows = Object.entries(TABLE).flatMap(([platform, places]) =>
  Object.entries(places).flatMap(([place, sets]) =>
    Object.entries(sets).map(([given, expected]) => [platform, place, given, expected] as const),
  ),
);

describe('orderTargets', () => {
  it('has a row for every combination', () => {
    expect(rows).toHaveLength(2 * PLACES.length * 2 ** TARGET_ROLES.length);
  });

  it.each(rows)('%s, %s, given %s: %s', (platform, place, given, expected) => {
    expect(hosts(orderTargets(GIVEN[given] ?? [], platform as TargetPlatform, place as Place))).toBe(expected);
  });

  it('keeps targets of one role in the order in which CloudLink gave them', () => {
    const given = [target('sbc', 'sbc-2'), P, target('sbc', 'sbc-1')];
    expect(hosts(orderTargets(given, 'desktop', 'onsite'))).toBe('pbx sbc-2 sbc-1');
  });
});

describe('orderTargets, whatever is given', () => {
  const targets = fc.array(
    fc.record({
      role: fc.constantFrom(...TARGET_ROLES),
      host: fc.string(),
      port: fc.integer({ min: 1, max: 65_535 }),
      transport: fc.constantFrom(...TRANSPORTS),
    }),
    { maxLength: 12 },
  );
  const place = fc.constantFrom(...PLACES);
  const platform = fc.constantFrom<TargetPlatform>('desktop', 'mobile');
  const roles = (ordered: RegistrationTarget[]): TargetRole[] => ordered.map(({ role }) => role);

  it('invents nothing, gives nothing twice and changes nothing', () => {
    fc.assert(
      fc.property(targets, platform, place, (given, who, where) => {
        const before = structuredClone(given);
        const ordered = orderTargets(given, who, where);
        expect(new Set(ordered).size).toBe(ordered.length);
        expect(ordered.every((one) => given.includes(one))).toBe(true);
        expect(given).toEqual(before);
      }),
    );
  });

  it('never sends a mobile, or a remote desktop, to the PBX', () => {
    fc.assert(
      fc.property(targets, place, (given, where) => {
        expect(roles(orderTargets(given, 'mobile', where))).not.toContain('pbx');
        expect(roles(orderTargets(given, 'desktop', 'remote'))).not.toContain('pbx');
      }),
    );
  });

  it('treats a mobile alike wherever it is', () => {
    fc.assert(
      fc.property(targets, place, (given, where) => {
        expect(orderTargets(given, 'mobile', where)).toEqual(orderTargets(given, 'mobile', 'remote'));
      }),
    );
  });

  it('gives a desktop on site everything, the PBX before all others', () => {
    fc.assert(
      fc.property(targets, (given) => {
        const ordered = roles(orderTargets(given, 'desktop', 'onsite'));
        expect(ordered).toHaveLength(given.length);
        const firstOther = ordered.findIndex((role) => role !== 'pbx');
        expect(firstOther === -1 ? [] : ordered.slice(firstOther)).not.toContain('pbx');
      }),
    );
  });

  it('tries every SBC before any backup, and equal roles in the given order', () => {
    fc.assert(
      fc.property(targets, platform, place, (given, who, where) => {
        const ordered = orderTargets(given, who, where);
        const of = (role: TargetRole): RegistrationTarget[] => ordered.filter((one) => one.role === role);
        expect(ordered.filter(({ role }) => role !== 'pbx')).toEqual([...of('sbc'), ...of('backup_sbc')]);
        for (const role of TARGET_ROLES)
          expect(of(role)).toEqual(given.filter((one) => ordered.includes(one) && one.role === role));
      }),
    );
  });
});
